-- name: LockRulebook :exec
-- Versions are counted one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('rulebook ' || @part::text, 0));

-- name: NewestParameter :one
SELECT coalesce(max(version), 0)::integer FROM parameter WHERE key = $1;

-- name: InsertParameter :one
-- In force from now on at the earliest: what was decided today stays decided under what was in force.
INSERT INTO parameter (key, version, value, unit, effective, source, legal_tag, note_zh, note_en, changed_by, changed_at)
VALUES (@key, @version, @value, @unit, greatest(@effective::timestamptz, city_now()), @source, @legal_tag, @note_zh, @note_en, @changed_by, city_now())
RETURNING effective;

-- name: InsertCalendarVersion :exec
INSERT INTO calendar_version (version, source, imported_by, imported_at, official) VALUES ($1, $2, $3, city_now(), @official::integer[]);

-- name: InsertCalendarDays :exec
INSERT INTO calendar_day (version, day, kind, name, source, notice)
SELECT @version::integer, unnest(@days::date[]), unnest(@kinds::text[]), unnest(@names::text[]), unnest(@sources::text[]), unnest(@notices::integer[]);
