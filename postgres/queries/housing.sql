-- name: RecordAreas :exec
-- Values of a project's areas, in the order in which the act made them so.
INSERT INTO housing_area (act, ord, case_id, stage, area, reference, change, at)
SELECT sqlc.arg(act), a.ord, sqlc.arg(case_id), a.stage, a.area, a.reference, a.change, sqlc.arg(at)
FROM jsonb_populate_recordset(NULL::housing_area, sqlc.arg(areas)::jsonb) AS a;

-- name: RecordOrder :execrows
-- An order under the number that its own act took.
INSERT INTO housing_order (act, case_id, round, mark, doc_year, doc_number, issued_at, due_at)
SELECT d.act, d.case_id, sqlc.arg(round), d.mark, d.year, d.number, d.issued_at, sqlc.arg(due_at)
FROM document d
WHERE d.act = sqlc.arg(act) AND d.case_id = sqlc.arg(case_id);

-- name: RecordOrderEvent :exec
INSERT INTO housing_order_event (act, order_id, event, due_at, at)
VALUES (@act, @order_id, @event, sqlc.narg(due_at), @at);

-- name: RecordMeasure :exec
INSERT INTO housing_measure (id, act, case_id, remedy, area, street, storey, reference, construction_fen, land_fen, at)
VALUES (@id, @act, @case_id, @remedy, @area, @street, @storey, @reference, @construction_fen, @land_fen, @at);

-- name: RecordBooking :exec
INSERT INTO housing_booking (act, measure, amount, reference, day, at)
VALUES (@act, @measure, @amount, @reference, sqlc.arg(day)::text::date, @at);

-- name: RecordReplacement :exec
INSERT INTO housing_replacement (room, version, case_id, act, area, at)
VALUES (@room, @version, @case_id, @act, @area, @at);
