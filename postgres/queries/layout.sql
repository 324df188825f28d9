-- name: LockLayouts :exec
-- Whoever approves a layout plan waits for whoever is just approving another.
SELECT pg_advisory_xact_lock(hashtextextended('layout', 0));

-- name: NextLayout :one
SELECT coalesce(max(version), 0)::int + 1 AS version FROM layout_version;

-- name: WakeLayouts :exec
-- The plan that a newer one takes the place of looks at it by itself. Its case is locked before its version is, as its own acts do.
UPDATE cases c SET acts_at = sqlc.arg(at)
FROM layout_version v
WHERE v.until IS NULL AND c.id = v.case_id AND c.state = 'in_force';

-- name: EndLayout :exec
-- An act that waited for another has the earlier time of the two: versions follow one another all the same.
UPDATE layout_version SET until = greatest(sqlc.arg(at)::timestamptz, since + interval '1 microsecond') WHERE until IS NULL;

-- name: EndOwnLayout :execrows
UPDATE layout_version SET until = sqlc.arg(at)::timestamptz WHERE case_id = sqlc.arg(case_id) AND until IS NULL;

-- name: InsertLayout :exec
INSERT INTO layout_version (version, case_id, act, from_year, to_year, since)
SELECT @version, @case_id, @act, @from_year, @to_year, greatest(sqlc.arg(at)::timestamptz, (SELECT max(until) FROM layout_version));

-- name: LayoutInForce :one
SELECT v.version, v.case_id, v.since, f.form
FROM layout_version v
JOIN form f ON f.case_id = v.case_id
WHERE v.until IS NULL;
