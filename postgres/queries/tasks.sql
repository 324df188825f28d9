-- name: MarkTaskRead :execrows
UPDATE task SET read_at = city_now() WHERE id = $1 AND state = 'open' AND read_at IS NULL;
