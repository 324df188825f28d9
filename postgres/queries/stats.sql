-- name: FiledByState :many
SELECT state, count(*) FROM cases
WHERE number IS NOT NULL AND rules_at >= @from_at::timestamptz AND rules_at < @until::timestamptz AND (@unit::text = '' OR unit = @unit::text)
GROUP BY state;

-- name: FiledByStep :many
SELECT t.step, count(DISTINCT t.case_id) FROM cases c JOIN task t ON t.case_id = c.id
WHERE c.number IS NOT NULL AND c.rules_at >= @from_at::timestamptz AND c.rules_at < @until::timestamptz AND (@unit::text = '' OR c.unit = @unit::text)
GROUP BY t.step;

-- name: AnsweredInTime :many
-- What the system ended by itself is nobody's answer.
SELECT unit, step, count(*) AS done, count(*) FILTER (WHERE due_at IS NULL OR ended_at <= due_at) AS in_time
FROM task
WHERE state = 'done' AND NOT automatic AND ended_at >= @from_at::timestamptz AND ended_at < @until::timestamptz AND (@unit::text = '' OR unit = @unit::text)
GROUP BY unit, step
ORDER BY unit, step;

-- name: OverdueUnits :many
-- While a case is paused its clock stands still.
SELECT t.unit, count(*), min(t.due_at)::timestamptz AS oldest
FROM task t JOIN cases c ON c.id = t.case_id
WHERE t.state = 'open' AND t.due_at < city_now() AND c.paused_at IS NULL AND (@unit::text = '' OR t.unit = @unit::text)
GROUP BY t.unit
ORDER BY count(*) DESC, t.unit;
