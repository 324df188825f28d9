-- name: WaitingMessages :many
SELECT seq
FROM outbox
WHERE sent_at IS NULL AND kind NOT IN ('look', 'look_on')
ORDER BY seq
LIMIT $1
FOR UPDATE SKIP LOCKED;

-- name: InsertNotices :many
INSERT INTO notice (id, person, kind, case_id, task_id, at)
SELECT o.id, h.person, o.kind, o.case_id, o.task_id, o.at
FROM outbox o
CROSS JOIN LATERAL (
    SELECT o.person WHERE o.person <> ''
    UNION
    SELECT g.person
    FROM (SELECT responsible(o.unit) AS unit OFFSET 0) AS heir -- so that it is asked once for a message, not for every grant
    JOIN role_grant g ON g.unit = heir.unit AND g.role = o.role
    WHERE o.person = '' AND g.confirmed_by IS NOT NULL AND g.revoked_at IS NULL
      AND g.valid_from <= (SELECT city_now()) AND (g.valid_until IS NULL OR (SELECT city_now()) < g.valid_until)
) AS h (person)
WHERE o.seq = ANY(@seqs::bigint[]) AND o.kind <> 'changed'
ON CONFLICT DO NOTHING
RETURNING person;

-- name: MessagesSent :exec
UPDATE outbox SET sent_at = clock_timestamp() WHERE seq = ANY(@seqs::bigint[]);

-- name: TellChanges :exec
SELECT pg_notify('changes', @payload::text);

-- name: SendLook :exec
INSERT INTO outbox (id, kind, case_id) VALUES (@id, @kind, @case_id)
ON CONFLICT (id) DO NOTHING;

-- name: WaitingLook :one
-- A case whose parts are to look, and after which of them: a look that goes on names the last one that has looked.
SELECT o.seq, o.id, coalesce(CASE o.kind WHEN 'look' THEN c.id ELSE c.parent END)::uuid AS whole,
       coalesce(CASE o.kind WHEN 'look' THEN NULL ELSE c.id END, '00000000-0000-0000-0000-000000000000')::uuid AS after
FROM outbox o
JOIN cases c ON c.id = o.case_id
WHERE o.sent_at IS NULL AND o.kind IN ('look', 'look_on')
ORDER BY o.seq
LIMIT 1
FOR UPDATE OF o SKIP LOCKED;

-- name: DueParts :many
SELECT id, procedure
FROM cases
WHERE parent = @whole AND id > @after AND state NOT IN ('draft', 'archived') AND paused_at IS NULL AND acts_at <= (SELECT city_now())
ORDER BY id
LIMIT @page;

-- name: StuckCases :many
SELECT c.id, c.procedure
FROM cases c
WHERE c.state NOT IN ('draft', 'archived') AND c.paused_at IS NULL
  AND (c.acts_at < (SELECT city_now()) - interval '20 seconds' AND c.procedure || '/' || c.state = ANY(@automatic::text[])
    OR c.closed_at IS NULL AND c.calendar < @newest::integer
    OR EXISTS (SELECT FROM task t WHERE t.case_id = c.id AND t.state = 'open' AND t.remind_at < (SELECT city_now()) - interval '20 seconds'))
ORDER BY c.seq
LIMIT 500;

-- name: OpenCases :many
SELECT c.id, c.procedure, c.seq
FROM cases c
WHERE c.state NOT IN ('draft', 'archived') AND c.seq > $1
ORDER BY c.seq
LIMIT $2;

-- name: ChainHeads :many
SELECT id, seq, hash FROM chain ORDER BY id;

-- name: InsertCheckpoint :exec
INSERT INTO checkpoint (at, chain, seq, hash, mac) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- name: OutboxAge :one
SELECT count(*) AS waiting, coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::double precision AS oldest
FROM outbox WHERE sent_at IS NULL;

-- name: ClockShift :one
SELECT extract(epoch FROM shift)::bigint FROM clock;

-- name: SampleAccounts :one
SELECT count(*) FROM account a JOIN person p ON p.id = a.person WHERE p.sample AND a.disabled_at IS NULL;
