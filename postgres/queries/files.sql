-- name: LockCaseState :one
SELECT state FROM cases WHERE id = $1 FOR UPDATE;

-- name: CountFiles :one
SELECT count(*) FROM attachment WHERE case_id = $1 AND removed_at IS NULL;

-- name: InsertFile :one
INSERT INTO attachment (id, case_id, name, media_type, size, sha256, added_by, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, city_now())
RETURNING added_at;

-- name: FilesOf :many
SELECT id, case_id, name, media_type, size, sha256, added_by, added_at, removed_at FROM attachment WHERE case_id = $1 AND removed_at IS NULL ORDER BY added_at, id;

-- name: FileRow :one
SELECT id, case_id, name, media_type, size, sha256, added_by, added_at, removed_at FROM attachment WHERE id = $1 AND removed_at IS NULL;

-- name: RemoveFile :execrows
UPDATE attachment SET removed_at = city_now() WHERE id = $1 AND removed_at IS NULL;
