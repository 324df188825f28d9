-- name: LockGrant :one
SELECT id, person, role, unit, valid_from, valid_until, granted_by, coalesce(confirmed_by, '')::text AS confirmed_by, revoked_at,
       coalesce(revoked_by, '')::text AS revoked_by, coalesce(valid_until <= city_now(), false)::boolean AS over
FROM role_grant
WHERE id = $1
FOR UPDATE;

-- name: InsertGrant :one
INSERT INTO role_grant (id, person, role, unit, valid_from, valid_until, granted_by, granted_at)
VALUES (@id, @person, @role, @unit, coalesce(sqlc.narg('valid_from')::timestamptz, city_now()), sqlc.narg('valid_until'), @granted_by, city_now())
RETURNING valid_from;

-- name: ConfirmGrant :execrows
UPDATE role_grant SET confirmed_by = $2, confirmed_at = city_now() WHERE id = $1 AND confirmed_by IS NULL AND revoked_at IS NULL;

-- name: RevokeGrant :one
UPDATE role_grant SET revoked_by = $2, revoked_at = city_now(), reason = $3 WHERE id = $1 AND revoked_at IS NULL
RETURNING revoked_at;

-- name: InsertDeputy :one
INSERT INTO deputy (id, principal, person, valid_from, valid_until)
VALUES (@id, @principal, @person, coalesce(sqlc.narg('valid_from')::timestamptz, city_now()), @valid_until)
RETURNING valid_from;

-- name: DeputyRow :one
SELECT id, principal, person, valid_from, valid_until, ended_at FROM deputy WHERE id = $1;

-- name: EndDeputy :one
UPDATE deputy SET ended_at = city_now() WHERE id = $1 AND ended_at IS NULL AND valid_until > city_now()
RETURNING ended_at;
