-- name: LockCase :one
-- The form is locked with its case: whoever has waited for the case would else read it as it was before.
SELECT c.id, c.seq, coalesce(c.number, '')::text AS number, c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round,
       c.next_seats, c.due_at, c.acts_at, c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at, coalesce(c.parent::text, '')::text AS parent,
       r.form, r.revision, city_now()::timestamptz AS now
FROM cases c
JOIN form r ON r.case_id = c.id
WHERE c.id = $1
FOR UPDATE OF c, r;

-- name: Standing :one
-- What hangs on a case, read once its lock is held: a statement that locks does not see what those before it in the queue have
-- written into other tables.
SELECT (SELECT coalesce(json_agg(t ORDER BY t.ord), '[]') FROM task t WHERE t.case_id = @case_id)::json AS tasks,
       (SELECT coalesce(json_agg(p ORDER BY p.from_at), '[]') FROM pause p WHERE p.case_id = @case_id)::json AS pauses,
       (SELECT coalesce(json_agg(m ORDER BY m.line, m.at, m.id), '[]') FROM movement m
        WHERE m.case_id = @case_id AND m.kind IN ('reserve', 'commit') AND m.amount > m.resolved)::json AS held,
       (SELECT coalesce(json_agg(a), '[]') FROM answer a WHERE a.actor = @actor AND a.key = @key)::json AS answers;

-- name: CaseRow :one
SELECT c.id, c.seq, coalesce(c.number, '')::text AS number, c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round,
       c.next_seats, c.due_at, c.acts_at, c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at, city_now()::timestamptz AS now
FROM cases c
WHERE c.id = $1;

-- name: BriefCase :one
-- The case of an act with all that the door looks at, and the act's answer if there is one, as they stood at one instant.
SELECT c.id, c.seq, coalesce(c.number, '')::text AS number, c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round,
       c.due_at, c.acts_at, c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at,
       ARRAY(SELECT p.unit FROM case_party p WHERE p.case_id = c.id ORDER BY p.unit)::text[] AS parties,
       ARRAY(SELECT r.person FROM case_reader r WHERE r.case_id = c.id ORDER BY r.person)::text[] AS readers,
       (SELECT coalesce(json_agg(t ORDER BY t.ord), '[]') FROM task t WHERE t.case_id = c.id)::json AS tasks,
       (SELECT coalesce(json_agg(a), '[]') FROM answer a WHERE a.actor = @actor AND a.key = @key)::json AS answers
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
-- The case as it stands after an act, the act on record, the tasks that it ended or changed and those that it opened, in one statement.
-- Both counts fall short when something was not as it had been read: the case's version, or a task that was open.
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
), changed AS (
    UPDATE task
    SET state = n.state, outcome = n.outcome, claimed_by = n.claimed_by, term = n.term, due_at = n.due_at, remind_at = n.remind_at,
        reminded = n.reminded, escalated = n.escalated, urged = n.urged, ended_at = n.ended_at, ended_by = n.ended_by,
        answered_by = n.answered_by, principal = n.principal, automatic = n.automatic, void_reason = n.void_reason
    FROM json_populate_recordset(NULL::task, @changed::json) AS n
    WHERE task.case_id = @case_id AND task.id = n.id AND task.state = 'open' -- the case leads: how many rows are in a list, the planner only guesses
    RETURNING task.id
), opened AS (
    INSERT INTO task (id, case_id, ord, step, role, unit, person, round, state, opened_at, opened_by, term, due_at, remind_at, returns, added)
    SELECT n.id, n.case_id, n.ord, n.step, n.role, n.unit, n.person, n.round, 'open', n.opened_at, n.opened_by, n.term, n.due_at, n.remind_at,
           n.returns, n.added
    FROM json_populate_recordset(NULL::task, @opened::json) AS n
)
SELECT (SELECT count(*) FROM moved) AS cases, (SELECT count(*) FROM changed) AS tasks;

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

-- name: LockWhole :one
-- The case of which another is a part, held until that one's act is done.
SELECT c.id, c.seq, coalesce(c.number, '')::text AS number, c.procedure, c.title, c.unit, c.applicant, c.state, c.version, c.rules_at, r.form
FROM cases c
JOIN form r ON r.case_id = c.id
WHERE c.id = $1
FOR UPDATE OF c, r;

-- name: PartsOf :many
-- The parts of a case, of one procedure, oldest first.
SELECT c.id, c.seq, coalesce(c.number, '')::text AS number, c.procedure, c.title, c.unit, c.applicant, c.state, c.version, c.rules_at, r.form
FROM cases c
JOIN form r ON r.case_id = c.id
WHERE c.parent = $1 AND c.procedure = $2
ORDER BY c.seq;
