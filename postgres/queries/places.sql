-- name: LockPlaces :one
-- Places change one after the other: each change is checked against what the one before made.
SELECT pg_advisory_xact_lock(hashtextextended('places', 0))::text AS locked, city_now()::timestamptz AS now;

-- name: InsertUnit :exec
INSERT INTO unit (key, name, name_en, short_name, level, kind, region, document_mark, valid_from)
VALUES (@key, @name, @name_en, @short_name, @level, @kind, sqlc.narg('region'), @document_mark, @valid_from);

-- name: InsertUnitName :exec
INSERT INTO unit_name (unit, name, name_en, short_name, document_mark, from_at, source) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: EndUnit :execrows
UPDATE unit SET valid_until = @until::timestamptz WHERE key = @key AND valid_until IS NULL;

-- name: InsertSuccession :exec
INSERT INTO succession (from_unit, to_unit, on_day, note, lead) VALUES ($1, $2, $3, $4, $5);

-- name: InsertRegion :exec
INSERT INTO region (key, code, name, name_en, level, kind, households, population, urban, valid_from)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: InsertRegionName :exec
INSERT INTO region_name (region, name, name_en, from_at, source) VALUES ($1, $2, $3, $4, $5);

-- name: ClosePlacement :exec
UPDATE placement SET during = tstzrange(lower(during), @until::timestamptz) WHERE region = @region AND upper_inf(during);

-- name: InsertPlacement :exec
INSERT INTO placement (region, parent, entrusted, during)
VALUES (@region, sqlc.narg('parent'), sqlc.narg('entrusted'), tstzrange(@from_at::timestamptz, NULL));

-- name: EndRegion :execrows
UPDATE region SET valid_until = @until::timestamptz, successor = sqlc.narg('successor') WHERE key = @key AND valid_until IS NULL;

-- name: InsertRegionSuccession :exec
INSERT INTO region_succession (from_region, to_region, on_day, note, lead) VALUES ($1, $2, $3, $4, $5);

-- name: UnitLoad :one
-- What a unit has in hand: in its own name, and what it answers for as an heir.
WITH RECURSIVE mine (key) AS (
    SELECT @unit::text
    UNION
    SELECT s.from_unit FROM succession s JOIN mine m ON s.to_unit = m.key WHERE s.lead
)
SELECT (SELECT count(*) FROM task t JOIN mine m ON t.unit = m.key WHERE t.state = 'open') AS tasks,
       (SELECT count(*) FROM cases c JOIN mine m ON c.unit = m.key WHERE c.closed_at IS NULL) AS cases,
       (SELECT count(*) FROM budget_line b JOIN mine m ON b.unit = m.key WHERE NOT b.closed) AS lines,
       (SELECT count(*) FROM role_grant g WHERE g.unit = @unit::text AND g.administers AND g.revoked_at IS NULL
          AND (g.valid_until IS NULL OR city_now() < g.valid_until)) AS admins;

-- name: LockPerson :one
SELECT id, name, coalesce(unit, '')::text AS unit, post, sample, left_at, city_now()::timestamptz AS now FROM person WHERE id = $1 FOR UPDATE;

-- name: InsertPersonPast :exec
INSERT INTO person_past (person, name, unit, post, until, changed_by) VALUES (@person, @name, sqlc.narg('unit'), @post, @until, @changed_by);

-- name: ChangePerson :exec
UPDATE person SET name = @name, unit = sqlc.narg('unit'), post = @post WHERE id = @id;

-- name: PersonLeaves :exec
UPDATE person SET left_at = @at WHERE id = @id AND left_at IS NULL;

-- name: PersonHas :one
-- What keeps a person: grants of their own, deputyships on either side, tasks they have claimed.
SELECT (SELECT count(*) FROM role_grant g WHERE g.person = @person::text AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR city_now() < g.valid_until)) AS grants,
       (SELECT count(*) FROM deputy d WHERE (d.person = @person::text OR d.principal = @person::text) AND d.ended_at IS NULL AND city_now() < d.valid_until) AS deputies,
       (SELECT count(*) FROM task t WHERE t.claimed_by = @person::text AND t.state = 'open') AS claims;

-- name: DisableAccountsOf :exec
UPDATE account SET disabled_at = city_now(), changed_at = clock_timestamp() WHERE person = $1 AND disabled_at IS NULL;

-- name: EndSessionsOf :exec
UPDATE session SET ended_at = clock_timestamp() WHERE ended_at IS NULL AND account IN (SELECT id FROM account WHERE person = $1);

-- name: PersonPasts :many
SELECT name, coalesce(unit, '')::text AS unit, post, until FROM person_past WHERE person = $1 ORDER BY until;
