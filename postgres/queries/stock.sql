-- name: EnterRooms :execrows
-- Rooms come into the register together, all or none.
INSERT INTO stock_room (id, case_id, region, name, normal, address, area, storey, uses, station, signs, state, owner, title_kind, title_number,
                        from_day, until_day, origin, version, effective, why, changed_by, act)
SELECT r.id, r.case_id, r.region, r.name, r.normal, r.address, r.area, r.storey, r.uses, r.station, r.signs, r.state, r.owner, r.title_kind, r.title_number,
       r.from_day, r.until_day, r.origin, 1, r.from_day, sqlc.arg(why), sqlc.arg(changed_by), sqlc.narg(act)
FROM jsonb_populate_recordset(NULL::stock_room, sqlc.arg(rooms)::jsonb) AS r;

-- name: LockRoom :one
SELECT id, coalesce(case_id::text, '')::text AS case_id, region, name, address, area, storey, uses, station, signs, state, owner, title_kind, title_number,
       from_day::text AS from_day, coalesce(until_day::text, '')::text AS until_day, origin, version, city_now()::timestamptz AS now
FROM stock_room
WHERE id = $1
FOR UPDATE;

-- name: ChangeRoom :execrows
-- The next version of a room that was seen: only what may change of it.
UPDATE stock_room
SET name = @name, normal = @normal, address = @address, area = @area, storey = @storey, uses = sqlc.arg(uses), station = @station, signs = sqlc.arg(signs), state = @state,
    owner = @owner, title_kind = @title_kind, title_number = @title_number, until_day = nullif(sqlc.arg(until)::text, '')::date, version = version + 1,
    effective = sqlc.arg(effective)::text::date, why = @why, changed_by = @changed_by, act = @act, changed_at = city_now()
WHERE id = @id AND version = @seen;

-- name: InsertPatrol :exec
INSERT INTO stock_patrol (id, room, kind, year, quarter, day, found, note, person, unit, act)
VALUES (@id, @room, @kind, @year, @quarter, sqlc.arg(day)::text::date, @found, @note, @person, @unit, @act);

-- name: RoomsOf :many
-- The rooms of communities, whatever has become of them.
SELECT id, coalesce(case_id::text, '')::text AS case_id, region, name, address, area, storey, uses, station, signs, state, owner, title_kind, title_number,
       from_day::text AS from_day, coalesce(until_day::text, '')::text AS until_day, origin, version
FROM stock_room
WHERE region = ANY(sqlc.arg(regions)::text[])
ORDER BY name, id;

-- name: PromisedArea :one
-- What other supplements of a community have promised and not supplied yet, in hundredths.
SELECT coalesce(sum(greatest(((f.form ->> 'area')::numeric - (f.form ->> 'supplied')::numeric) * 100, 0)), 0)::bigint
FROM cases c
JOIN form f ON f.case_id = c.id
WHERE c.procedure = 'supplement' AND c.state IN ('supply_review', 'returned', 'supply_approval', 'supply_work', 'supply_check')
  AND c.id <> sqlc.arg(case_id) AND f.form ->> 'region' = sqlc.arg(region)::text;

-- name: LockStock :exec
-- Whoever computes what a community lacks waits for whoever is just promising it.
SELECT pg_advisory_xact_lock(hashtextextended('stock ' || sqlc.arg(region)::text, 0));

-- name: RoomsOn :many
-- All rooms as they stood on a day; whether they still stood is for the caller to see.
SELECT DISTINCT ON (r.id) r.id, coalesce(r.case_id::text, '')::text AS case_id, r.region, c.name, c.address, c.area, c.storey, c.uses, c.station, c.signs, c.state, c.owner,
       c.title_kind, c.title_number, r.from_day::text AS from_day, coalesce(c.until_day::text, '')::text AS until_day, r.origin, c.version
FROM stock_room r
JOIN stock_change c ON c.room = r.id
WHERE r.from_day <= sqlc.arg(day)::text::date AND c.effective <= sqlc.arg(day)::text::date
ORDER BY r.id, c.version DESC;

-- name: RoomChanges :many
SELECT c.version, c.effective::text AS effective, c.name, c.address, c.area, c.storey, c.uses, c.station, c.signs, c.state, c.owner, c.title_kind, c.title_number,
       coalesce(c.until_day::text, '')::text AS until_day, c.why, c.changed_by, c.at
FROM stock_change c
WHERE c.room = $1
ORDER BY c.version;

-- name: RoomPatrols :many
SELECT id, kind, year, quarter, day::text AS day, found, note, person, unit, at
FROM stock_patrol
WHERE room = $1
ORDER BY day DESC, at DESC;
