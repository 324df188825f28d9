-- name: Parameters :many
SELECT key, version, value, unit, effective, source, legal_tag, note_zh, note_en FROM parameter ORDER BY key, version;

-- name: CalendarVersions :many
SELECT version, source, imported_by, imported_at, official, applied_at FROM calendar_version ORDER BY version;

-- name: CalendarDays :many
SELECT version, day, kind, name, source FROM calendar_day WHERE version <= $1 ORDER BY version, day;

-- name: Regions :many
SELECT key, code, name, name_en, level, kind, coalesce(successor, '')::text AS successor, households, population, urban, valid_from, valid_until FROM region ORDER BY key;

-- name: Placements :many
SELECT region, coalesce(parent, '')::text AS parent, coalesce(entrusted, '')::text AS entrusted, lower(during)::timestamptz AS from_at, coalesce(upper(during), '9999-12-31T00:00:00Z')::timestamptz AS until FROM placement ORDER BY region, lower(during);

-- name: Units :many
SELECT key, name, name_en, short_name, level, kind, coalesce(region, '')::text AS region, document_mark, valid_from, valid_until FROM unit ORDER BY key;

-- name: Successions :many
SELECT from_unit, to_unit, on_day, note, lead FROM succession ORDER BY from_unit, lead DESC, to_unit;

-- name: RegionSuccessions :many
SELECT from_region, to_region, on_day, note, lead FROM region_succession ORDER BY from_region, lead DESC, to_region;

-- name: UnitNames :many
SELECT unit, name, name_en, short_name, document_mark, from_at, source FROM unit_name ORDER BY unit, from_at;

-- name: RegionNames :many
SELECT region, name, name_en, from_at, source FROM region_name ORDER BY region, from_at;

-- name: AllGrants :many
SELECT id, person, role, unit, valid_from, valid_until, granted_by, coalesce(confirmed_by, '')::text AS confirmed_by, revoked_at, coalesce(revoked_by, '')::text AS revoked_by
FROM role_grant ORDER BY person, id;

-- name: AllDeputies :many
SELECT id, principal, person, valid_from, valid_until, ended_at FROM deputy ORDER BY person, id;
