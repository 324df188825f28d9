-- name: Answer :one
SELECT hash, body FROM answer WHERE actor = $1 AND key = $2;

-- name: InsertAnswer :execrows
INSERT INTO answer (actor, key, hash, act, route, accepted, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (actor, key) DO NOTHING;

-- name: InsertEvent :exec
INSERT INTO event (chain, seq, at_us, kind, result, code, actor, actor_name, principal, role, unit, unit_name, case_id, task_id, act,
                   address, request, object, state_from, state_to, detail, prev, hash)
VALUES (0, 0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', '');

-- name: SealAct :one
-- What every act leaves besides its own rows, in one statement: the units that take part from now on, the messages that go out
-- after the commit, and its answer. Zero when the key was answered at this very moment.
WITH parties AS (
    INSERT INTO case_party (unit, case_id, seq)
    SELECT DISTINCT unnest(@party_units::text[]), @case_id::uuid, @seq::bigint
    ON CONFLICT DO NOTHING
), messages AS (
    INSERT INTO outbox (id, kind, role, unit, person, case_id, task_id)
    SELECT unnest(@ids::uuid[]), unnest(@kinds::text[]), unnest(@roles::text[]), unnest(@units::text[]), unnest(@persons::text[]), @case_id::uuid,
           nullif(unnest(@tasks::text[]), '')::uuid
    ON CONFLICT (id) DO NOTHING
), answered AS (
    INSERT INTO answer (actor, key, hash, act, route, accepted, body)
    VALUES (@actor, @key, @hash, @act, @route, true, @body)
    ON CONFLICT (actor, key) DO NOTHING
    RETURNING 1
)
SELECT count(*) FROM answered;

-- name: GrantsOf :many
SELECT id, person, role, unit, valid_from, valid_until, granted_by, coalesce(confirmed_by, '')::text AS confirmed_by, revoked_at, coalesce(revoked_by, '')::text AS revoked_by
FROM role_grant
WHERE person = ANY(@persons::text[]) AND confirmed_by IS NOT NULL AND revoked_at IS NULL
  AND valid_from <= (SELECT city_now()) AND (valid_until IS NULL OR (SELECT city_now()) < valid_until)
  AND EXISTS (SELECT FROM account a WHERE a.person = @actor AND a.disabled_at IS NULL)
  AND EXISTS (SELECT FROM unit u WHERE u.key = role_grant.unit AND (u.valid_until IS NULL OR (SELECT city_now()) < u.valid_until)) -- where no unit stands nobody is seated
FOR SHARE;

-- name: DeputyInForce :one
SELECT id FROM deputy
WHERE principal = $1 AND person = $2 AND ended_at IS NULL AND valid_from <= (SELECT city_now()) AND (SELECT city_now()) < valid_until
FOR SHARE;

-- name: AccountsActive :one
SELECT count(*) FROM account WHERE person = $1 AND disabled_at IS NULL;

-- name: Holders :many
SELECT DISTINCT person FROM role_grant
WHERE role = @role AND unit = (SELECT responsible(@unit::text)) AND confirmed_by IS NOT NULL AND revoked_at IS NULL
  AND valid_from <= (SELECT city_now()) AND (valid_until IS NULL OR (SELECT city_now()) < valid_until)
ORDER BY person;

-- name: PersonName :one
SELECT name FROM person WHERE id = $1;

-- name: PostMovement :one
SELECT post_movement($1::uuid, $2::text, $3::text, sqlc.narg('parent')::uuid, $4::uuid, $5::uuid, $6::bigint, $7::timestamptz)::boolean AS posted;

-- name: HeldMoney :many
SELECT id, line, kind, parent, act, amount, (amount - resolved)::bigint AS free, at
FROM movement
WHERE case_id = $1 AND kind IN ('reserve', 'commit') AND amount > resolved
ORDER BY line, at, id;

-- name: Line :one
SELECT id, unit, year, subject, name, appropriated, reserved, committed, disbursed, returned, closed FROM budget_line WHERE id = $1;
