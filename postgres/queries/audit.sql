-- name: ChainPart :many
-- Everything that link_event hashes, and what it made of it.
SELECT seq, at_us, kind, result, code, actor, actor_name, principal, role, unit, unit_name, coalesce(case_id::text, '')::text AS case_id,
       coalesce(task_id::text, '')::text AS task_id, coalesce(act::text, '')::text AS act, address, request, object, state_from, state_to, detail, prev, hash
FROM event
WHERE chain = $1 AND seq > $2
ORDER BY seq
LIMIT $3;

-- name: CheckpointsOf :many
SELECT at, chain, seq, hash, mac FROM checkpoint WHERE chain = $1 ORDER BY seq, at;
