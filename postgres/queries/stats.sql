-- name: FiledByState :many
SELECT state, count(*) FROM cases
WHERE number IS NOT NULL AND rules_at >= @from_at::timestamptz AND rules_at < @until::timestamptz AND (@unit::text = '' OR unit = @unit::text)
  AND procedure = @procedure::text
GROUP BY state;

-- name: FiledByStep :many
SELECT t.step, count(DISTINCT t.case_id) FROM cases c JOIN task t ON t.case_id = c.id
WHERE c.number IS NOT NULL AND c.rules_at >= @from_at::timestamptz AND c.rules_at < @until::timestamptz AND (@unit::text = '' OR c.unit = @unit::text)
  AND c.procedure = @procedure::text
GROUP BY t.step;

-- name: AnsweredInTime :many
-- What the system ended by itself is nobody's answer.
SELECT unit, step, count(*) AS done, count(*) FILTER (WHERE due_at IS NULL OR ended_at <= due_at) AS in_time
FROM task t
WHERE state = 'done' AND NOT automatic AND ended_at >= @from_at::timestamptz AND ended_at < @until::timestamptz AND (@unit::text = '' OR unit = @unit::text)
  AND (@procedure::text = '' OR EXISTS (SELECT FROM cases c WHERE c.id = t.case_id AND c.procedure = @procedure::text))
GROUP BY unit, step
ORDER BY unit, step;

-- name: OverdueUnits :many
-- While a case is paused its clock stands still.
SELECT t.unit, count(*), min(t.due_at)::timestamptz AS oldest
FROM task t JOIN cases c ON c.id = t.case_id
WHERE t.state = 'open' AND t.due_at < city_now() AND c.paused_at IS NULL AND (@unit::text = '' OR t.unit = @unit::text)
GROUP BY t.unit
ORDER BY count(*) DESC, t.unit;

-- name: AnswerPassages :many
-- From which day to which day people's answers took, and the pauses between; days, so that a year of them is a few thousand rows.
SELECT t.step, t.unit, (t.opened_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from_day, (t.ended_at AT TIME ZONE 'Asia/Shanghai')::date::text AS to_day,
       COALESCE(p.days, '')::text AS paused, count(*) AS done, count(*) FILTER (WHERE t.due_at IS NULL OR t.ended_at <= t.due_at) AS in_time
FROM task t JOIN cases c ON c.id = t.case_id
LEFT JOIN LATERAL (
    SELECT string_agg((GREATEST(s.from_at, t.opened_at) AT TIME ZONE 'Asia/Shanghai')::date || '/' ||
                      (LEAST(s.until, t.ended_at) AT TIME ZONE 'Asia/Shanghai')::date, ',' ORDER BY s.from_at) AS days
    FROM pause s WHERE s.case_id = t.case_id AND s.from_at < t.ended_at AND COALESCE(s.until, t.ended_at) > t.opened_at) p ON true
WHERE t.state = 'done' AND NOT t.automatic AND t.ended_at >= @from_at::timestamptz AND t.ended_at < @until::timestamptz AND (@unit::text = '' OR c.unit = @unit::text)
  AND (@procedure::text = '' OR c.procedure = @procedure::text)
GROUP BY 1, 2, 3, 4, 5;

-- name: RulingPassages :many
-- From which day to which day a case took from its filing to its first decision, by the unit that filed it.
SELECT c.unit, (c.rules_at AT TIME ZONE 'Asia/Shanghai')::date::text AS from_day, (r.at AT TIME ZONE 'Asia/Shanghai')::date::text AS to_day,
       COALESCE(p.days, '')::text AS paused, count(*) AS done, count(*) FILTER (WHERE c.deadline IS NULL OR r.at <= c.deadline) AS in_time
FROM cases c
JOIN LATERAL (SELECT min(at) AS at FROM ruling WHERE case_id = c.id) r ON r.at >= @from_at::timestamptz AND r.at < @until::timestamptz
LEFT JOIN LATERAL (
    SELECT string_agg((GREATEST(s.from_at, c.rules_at) AT TIME ZONE 'Asia/Shanghai')::date || '/' ||
                      (LEAST(s.until, r.at) AT TIME ZONE 'Asia/Shanghai')::date, ',' ORDER BY s.from_at) AS days
    FROM pause s WHERE s.case_id = c.id AND s.from_at < r.at AND COALESCE(s.until, r.at) > c.rules_at) p ON true
WHERE c.number IS NOT NULL AND c.rules_at < @until::timestamptz AND (@unit::text = '' OR c.unit = @unit::text)
  AND (@procedure::text = '' OR c.procedure = @procedure::text)
GROUP BY 1, 2, 3, 4;
