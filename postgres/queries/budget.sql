-- name: LockLine :one
SELECT id, unit, year, subject, name, appropriated, reserved, committed, disbursed, returned, closed FROM budget_line WHERE id = $1
FOR UPDATE;

-- name: InsertLine :execrows
INSERT INTO budget_line (id, unit, year, subject, name, appropriated) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO NOTHING;

-- name: AppropriateLine :execrows
UPDATE budget_line SET appropriated = $2
WHERE id = $1 AND NOT closed AND reserved + committed + disbursed - returned <= $2;
