-- name: EnterRooms :execrows
-- Rooms come into the register together, all or none.
INSERT INTO stock_room (id, case_id, region, name, normal, address, area, storey, uses, station, signs, state, owner, title_kind, title_number,
                        from_day, until_day, origin, version, effective, why, changed_by, act)
SELECT r.id, r.case_id, r.region, r.name, r.normal, r.address, r.area, r.storey, r.uses, r.station, r.signs, r.state, r.owner, r.title_kind, r.title_number,
       r.from_day, r.until_day, r.origin, 1, r.from_day, sqlc.arg(why), sqlc.arg(changed_by), sqlc.narg(act)
FROM jsonb_populate_recordset(NULL::stock_room, sqlc.arg(rooms)::jsonb) AS r;

-- name: LockRoom :one
SELECT id, region, state, version, effective::text AS effective FROM stock_room WHERE id = $1 FOR UPDATE;

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
