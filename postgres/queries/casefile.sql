-- name: CaseForm :one
SELECT form, revision FROM form WHERE case_id = $1;

-- name: TaskOpinions :many
SELECT task_id::uuid AS task, opinion FROM decision WHERE case_id = $1 AND task_id IS NOT NULL AND kind IN ('decide', 'correct') AND opinion <> '';

-- name: Pauses :many
SELECT from_at, until, why FROM pause WHERE case_id = $1 ORDER BY from_at;

-- name: DisbursedMoney :one
SELECT coalesce(sum(CASE kind WHEN 'reverse' THEN -amount ELSE amount END), 0)::bigint AS amount
FROM movement WHERE case_id = $1 AND kind IN ('disburse', 'settle', 'reverse');

-- name: CaseAttachments :many
SELECT id, case_id, name, media_type, size, sha256, added_by, added_at, removed_at
FROM attachment WHERE case_id = $1 AND removed_at IS NULL ORDER BY added_at, id;

-- name: CaseDecisions :many
SELECT d.id, d.case_id, d.task_id, d.kind, d.actor, d.principal, d.grant_id, d.policy, d.role, d.unit, d.outcome, d.opinion, d.details, d.figures,
       d.state_from, d.state_to, d.version, d.rules_at, d.decided_at, x.mark, x.year AS doc_year, x.number AS doc_number
FROM decision d
LEFT JOIN document x ON x.act = d.id
WHERE d.case_id = @case_id AND d.version > @after
ORDER BY d.version
LIMIT @part;
