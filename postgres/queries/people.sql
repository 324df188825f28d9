-- name: PersonRow :one
SELECT id, name, coalesce(unit, '')::text AS unit, post, sample, left_at FROM person WHERE id = $1;

-- name: PersonNames :many
SELECT id, name FROM person WHERE id = ANY(@ids::text[]);

-- name: GrantsInForce :many
SELECT id, person, role, unit, valid_from, valid_until, granted_by, coalesce(confirmed_by, '')::text AS confirmed_by
FROM role_grant
WHERE person = ANY(@persons::text[]) AND confirmed_by IS NOT NULL AND revoked_at IS NULL
  AND valid_from <= city_now() AND (valid_until IS NULL OR city_now() < valid_until)
ORDER BY person, role, unit, id;
