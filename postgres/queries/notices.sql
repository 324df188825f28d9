-- name: UnreadNotices :one
SELECT count(*) FROM notice WHERE person = $1 AND read_at IS NULL;

-- name: MarkNotices :exec
UPDATE notice SET read_at = city_now() WHERE person = $1 AND id = ANY(@ids::uuid[]) AND read_at IS NULL;

-- name: MarkAllNotices :exec
UPDATE notice SET read_at = city_now() WHERE person = $1 AND read_at IS NULL;
