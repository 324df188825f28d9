-- name: LockCase :one
SELECT c.id, c.seq, coalesce(c.number, '')::text AS number, c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round,
       c.next_seats, c.due_at, c.acts_at, c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at, coalesce(c.parent::text, '')::text AS parent,
       r.form, r.revision, city_now()::timestamptz AS now
FROM cases c
JOIN form r ON r.case_id = c.id
WHERE c.id = $1
FOR UPDATE OF c;

-- name: CaseRow :one
SELECT c.id, c.seq, coalesce(c.number, '')::text AS number, c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round,
       c.next_seats, c.due_at, c.acts_at, c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at, city_now()::timestamptz AS now
FROM cases c
WHERE c.id = $1;

-- name: BriefCase :one
SELECT c.id, c.seq, coalesce(c.number, '')::text AS number, c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round,
       c.due_at, c.acts_at, c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at,
       ARRAY(SELECT p.unit FROM case_party p WHERE p.case_id = c.id ORDER BY p.unit)::text[] AS parties,
       ARRAY(SELECT r.person FROM case_reader r WHERE r.case_id = c.id ORDER BY r.person)::text[] AS readers
FROM cases c
WHERE c.id = coalesce(sqlc.narg('case_id')::uuid, (SELECT t.case_id FROM task t WHERE t.id = sqlc.narg('task_id')::uuid));

-- name: TaskCase :one
SELECT case_id FROM task WHERE id = $1;

-- name: CaseTasks :many
SELECT id, case_id, ord, step, role, unit, person, round, state, outcome, claimed_by, read_at, opened_at, opened_by, term, due_at, remind_at,
       reminded, escalated, urged, returns, added, ended_at, ended_by, answered_by, principal, automatic, void_reason
FROM task
WHERE case_id = $1
ORDER BY ord;

-- name: InsertCase :one
INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar, grams, parent)
VALUES ($1, $2, $3, $4, $5, $6, 'draft', city_now(), $7, $8, sqlc.narg('parent'))
ON CONFLICT (id) DO NOTHING
RETURNING seq, created_at;

-- name: DecideCase :one
-- The case as it stands after an act, and the act on record, in one statement. Zero when another act was first.
WITH moved AS (
    UPDATE cases
    SET state = @state, version = @version, round = @round, next_seats = @next_seats, due_at = @due_at, acts_at = @acts_at, deadline = @deadline,
        paused_at = @paused_at, calendar = @calendar, updated_at = @decided_at, closed_at = @closed_at, number = @number, rules_at = @rules_at
    WHERE cases.id = @case_id AND cases.version = @seen
    RETURNING cases.id
), decided AS (
    INSERT INTO decision (id, case_id, task_id, kind, actor, principal, grant_id, policy, role, unit, outcome, opinion, details, figures,
                          state_from, state_to, version, rules_at, decided_at)
    VALUES (@act, @case_id, @task_id, @kind, @actor, @principal, @grant_id, @policy, @role, @unit, @outcome, @opinion, @details, @figures,
            @state_from, @state, @version, @rules_at, @decided_at)
)
SELECT count(*) FROM moved;

-- name: AddParty :exec
INSERT INTO case_party (unit, case_id, seq) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING;

-- name: AddReader :exec
INSERT INTO case_reader (person, case_id, seq) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING;

-- name: CaseParties :many
SELECT unit FROM case_party WHERE case_id = $1 ORDER BY unit;

-- name: CaseReaders :many
SELECT person FROM case_reader WHERE case_id = $1 ORDER BY person;

-- name: InsertTask :exec
INSERT INTO task (id, case_id, ord, step, role, unit, person, round, state, opened_at, opened_by, term, due_at, remind_at, returns, added)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $11, $12, $13, $14, $15);

-- name: UpdateTask :execrows
UPDATE task
SET state = $2, outcome = $3, claimed_by = $4, term = $5, due_at = $6, remind_at = $7, reminded = $8, escalated = $9, urged = $10,
    ended_at = $11, ended_by = $12, answered_by = $13, principal = $14, automatic = $15, void_reason = $16
WHERE id = $1 AND state = 'open';

-- name: NextNumber :one
INSERT INTO counter (name, year, last) VALUES ($1, $2, 1)
ON CONFLICT (name, year) DO UPDATE SET last = counter.last + 1
RETURNING last;

-- name: InsertDocument :exec
INSERT INTO document (mark, year, number, unit, case_id, act, title, issued_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: Rulings :many
SELECT body FROM ruling WHERE case_id = $1 ORDER BY ord;

-- name: InsertRuling :exec
INSERT INTO ruling (case_id, act, round, outcome, body, at, ord)
SELECT $1, $2, $3, $4, $5, $6, count(*) + 1 FROM ruling WHERE case_id = $1;

-- name: Objections :many
SELECT id, task_id, text, contact, by, result, at FROM objection WHERE case_id = $1 ORDER BY at, id;

-- name: InsertObjection :exec
INSERT INTO objection (id, case_id, task_id, text, contact, by, at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: SettleObjection :exec
UPDATE objection SET result = $2 WHERE id = $1 AND result = '';

-- name: InsertPause :exec
INSERT INTO pause (case_id, from_at, why) VALUES ($1, $2, $3);

-- name: EndPause :exec
UPDATE pause SET until = $3 WHERE case_id = $1 AND from_at = $2 AND until IS NULL;

-- name: SaveForm :execrows
UPDATE form SET form = $2, normal = $3, revision = revision + 1 WHERE case_id = $1 AND revision = $4;

-- name: KeepMatter :execrows
-- What an act made of the case's matter. The decision has what was given; no revision is kept beside it.
UPDATE form SET form = $2, normal = $3, revision = revision + 1 WHERE case_id = $1;

-- name: InsertRequest :exec
INSERT INTO form (case_id, form, normal) VALUES ($1, $2, $3);

-- name: InsertRevision :exec
INSERT INTO form_revision (case_id, revision, form, saved_by) VALUES ($1, $2, $3, $4);
