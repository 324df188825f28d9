-- name: EntriesByNormal :many
SELECT *
FROM entry_line
WHERE normal = ANY(@normals::text[]) AND list IN ('negative', 'admitted') AND valid @> (SELECT city_now());

-- name: EntriesInForce :many
SELECT *
FROM entry_line
WHERE list = ANY(@lists::text[]) AND valid @> (SELECT city_now())
ORDER BY name, id;

-- name: EntryByID :one
SELECT *
FROM entry_line WHERE id = $1;

-- name: EntryOfCase :one
SELECT *
FROM entry_line WHERE case_id = $1 AND list = 'admitted' AND parent IS NULL
ORDER BY from_at DESC LIMIT 1;

-- name: InsertEntry :exec
INSERT INTO entry (id, list, category, name, name_en, normal, parent, unit, case_id, act, mark, doc_year, doc_number, valid, amount, zero_cost, source, note)
VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8, $9, $10, $11, $12, tstzrange(@from_at::timestamptz, sqlc.narg('until')::timestamptz), $13, $14, $15, $16);

-- name: InsertEntryRegions :exec
INSERT INTO entry_region (entry_id, region, amount, units)
SELECT @entry_id::uuid, unnest(@regions::text[]), unnest(@amounts::bigint[]), unnest(@units::bigint[]);

-- name: EndEntries :execrows
UPDATE entry SET valid = tstzrange(lower(valid), greatest(@ends::timestamptz, lower(valid) + interval '1 microsecond')), ended_why = @why
WHERE (id = @id OR parent = @id) AND (upper(valid) IS NULL OR upper(valid) > @ends::timestamptz);

-- name: BringEndForward :exec
-- The case of a replaced item ends with it: it is looked at as soon as its entry is over, and gives back what was not spent.
UPDATE cases SET acts_at = least(acts_at, @ends::timestamptz)
WHERE id = (SELECT e.case_id FROM entry e WHERE e.id = @id) AND state IN ('in_force', 'suspended');

-- name: SuspendEntry :exec
INSERT INTO suspension (entry_id, during, why, act)
SELECT e.id, tstzrange(@from_at::timestamptz, NULL), @why, @act FROM entry e WHERE e.id = @id OR e.parent = @id;

-- name: ReinstateEntry :execrows
UPDATE suspension s SET during = tstzrange(lower(during), greatest(@at::timestamptz, lower(during)))
FROM entry e
WHERE s.entry_id = e.id AND (e.id = @id OR e.parent = @id) AND upper(during) IS NULL;

-- name: NextListVersion :one
INSERT INTO list_version (list, version, effective, act, mark, doc_year, doc_number, published_by)
SELECT @list, coalesce(max(version), 0) + 1, @effective, @act, @mark, @doc_year, @doc_number, @published_by FROM list_version WHERE list = @list
RETURNING version;

-- name: LastRefusal :one
SELECT c.closed_at FROM cases c JOIN form r ON r.case_id = c.id
JOIN ruling g ON g.case_id = c.id
WHERE r.normal = $1 AND c.unit = $2 AND g.outcome = 'refuse' AND c.closed_at IS NOT NULL AND c.id <> $3
ORDER BY c.closed_at DESC LIMIT 1;
