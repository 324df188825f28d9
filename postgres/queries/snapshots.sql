-- name: Stamps :many
SELECT name, version FROM stamp;

-- name: ListedDays :many
SELECT version, day, kind, name, source, notice FROM calendar_day ORDER BY version, day;
