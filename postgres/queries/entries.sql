-- name: ListSizes :many
SELECT list, count(*) AS entries FROM entry WHERE valid @> @at::timestamptz GROUP BY list;

-- name: ListVersions :many
SELECT DISTINCT ON (list) list, version, effective, mark, doc_year, doc_number FROM list_version ORDER BY list, version DESC;

-- name: EntryRegions :many
SELECT region, amount, units FROM entry_region WHERE entry_id = $1 ORDER BY region;

-- name: EntryRests :many
SELECT lower(during)::timestamptz AS from_at, coalesce(upper(during), '9999-12-31T00:00:00Z')::timestamptz AS until, why
FROM suspension WHERE entry_id = $1 ORDER BY lower(during);

-- name: LockList :exec
SELECT pg_advisory_xact_lock(hashtextextended('list ' || @list::text, 0));

-- name: PutOnList :exec
INSERT INTO entry (id, list, category, name, name_en, normal, unit, clearance, merged_into, valid, source, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, tstzrange(greatest(@from_at::timestamptz, city_now()), NULL), $10, $11);

-- name: LockEntry :one
SELECT id, list, case_id, lower(valid)::timestamptz AS from_at, coalesce(upper(valid), '9999-12-31T00:00:00Z')::timestamptz AS until, city_now()::timestamptz AS now
FROM entry WHERE id = $1
FOR UPDATE;
