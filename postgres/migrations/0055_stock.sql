-- The stock of community service rooms. A room's row is how it stands; its history is written by the database itself with every change,
-- so that no change can forget it. Days are days of the city; areas are hundredths of a square metre.
-- +goose Up
CREATE TABLE stock_room (
    id           uuid PRIMARY KEY,
    case_id      uuid REFERENCES cases (id),
    region       text NOT NULL REFERENCES region (key),
    name         text NOT NULL CHECK (name <> ''),
    normal       text NOT NULL CHECK (normal <> ''),
    address      text NOT NULL DEFAULT '',
    area         bigint NOT NULL CHECK (area > 0),
    storey       integer NOT NULL CHECK (storey <> 0 AND storey BETWEEN -9 AND 99),
    uses         text[] NOT NULL CHECK (cardinality(uses) > 0),
    station      text NOT NULL DEFAULT '' CHECK (station IN ('', 'management_service', 'social_organisation', 'residents_activity')),
    signs        text[] NOT NULL DEFAULT '{}',
    state        text NOT NULL CHECK (state IN ('in_use', 'vacant', 'misused', 'rectifying', 'demolished')),
    owner        text NOT NULL DEFAULT '',
    title_kind   text NOT NULL CHECK (title_kind IN ('ownership', 'use_right', 'lease', 'none')),
    title_number text NOT NULL DEFAULT '',
    from_day     date NOT NULL,
    until_day    date,
    origin       text NOT NULL CHECK (origin IN ('project', 'purchase', 'lease', 'replacement', 'integration', 'existing')),
    version      integer NOT NULL CHECK (version > 0),
    effective    date NOT NULL,
    why          text NOT NULL DEFAULT '',
    changed_by   text NOT NULL,
    act          uuid, -- the act or the deed that made it so; none for what a profile brought
    changed_at   timestamptz NOT NULL DEFAULT city_now(),
    CONSTRAINT stock_room_lasts CHECK (until_day > from_day),
    CONSTRAINT stock_room_gone CHECK (state <> 'demolished' OR until_day IS NOT NULL),
    CONSTRAINT stock_room_paper CHECK ((title_kind = 'none') = (title_number = '')),
    CONSTRAINT stock_room_leased CHECK ((title_kind = 'lease') = (origin = 'lease')),
    CONSTRAINT stock_room_effective CHECK (effective >= from_day),
    -- No room stands twice in one community at the same time, however its name is written.
    CONSTRAINT stock_room_once EXCLUDE USING gist (region WITH =, normal WITH =, daterange(from_day, until_day) WITH &&)
);
CREATE INDEX stock_room_region ON stock_room (region, name, id);
CREATE INDEX stock_room_name ON stock_room (name, id);
CREATE INDEX stock_room_state ON stock_room (state, name, id) WHERE state <> 'in_use';
CREATE INDEX stock_room_case ON stock_room (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE stock_change (
    room         uuid NOT NULL REFERENCES stock_room (id),
    version      integer NOT NULL,
    effective    date NOT NULL,
    name         text NOT NULL,
    address      text NOT NULL,
    area         bigint NOT NULL,
    storey       integer NOT NULL,
    uses         text[] NOT NULL,
    station      text NOT NULL,
    signs        text[] NOT NULL,
    state        text NOT NULL,
    owner        text NOT NULL,
    title_kind   text NOT NULL,
    title_number text NOT NULL,
    until_day    date,
    why          text NOT NULL,
    changed_by   text NOT NULL,
    act          uuid,
    at           timestamptz NOT NULL,
    PRIMARY KEY (room, version)
);

-- What somebody saw on the spot: the street every quarter, civil affairs every year.
CREATE TABLE stock_patrol (
    id       uuid PRIMARY KEY,
    room     uuid NOT NULL REFERENCES stock_room (id),
    kind     text NOT NULL CHECK (kind IN ('quarter', 'year')),
    year     integer NOT NULL CHECK (year BETWEEN 2014 AND 2200),
    quarter  integer NOT NULL CHECK (CASE kind WHEN 'quarter' THEN quarter BETWEEN 1 AND 4 ELSE quarter = 0 END),
    day      date NOT NULL,
    found    text NOT NULL CHECK (found IN ('in_use', 'vacant', 'misused', 'rectifying')),
    note     text NOT NULL DEFAULT '',
    person   text NOT NULL,
    unit     text NOT NULL REFERENCES unit (key),
    act      uuid NOT NULL,
    at       timestamptz NOT NULL DEFAULT city_now(),
    CONSTRAINT stock_patrol_once UNIQUE (room, kind, year, quarter),
    CONSTRAINT stock_patrol_in_time CHECK (extract(year FROM day) = year AND (kind <> 'quarter' OR extract(quarter FROM day) = quarter))
);

-- +goose StatementBegin
CREATE FUNCTION write_stock_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    INSERT INTO stock_change (room, version, effective, name, address, area, storey, uses, station, signs, state, owner, title_kind, title_number,
                              until_day, why, changed_by, act, at)
    VALUES (NEW.id, NEW.version, NEW.effective, NEW.name, NEW.address, NEW.area, NEW.storey, NEW.uses, NEW.station, NEW.signs, NEW.state, NEW.owner,
            NEW.title_kind, NEW.title_number, NEW.until_day, NEW.why, NEW.changed_by, NEW.act, NEW.changed_at);
    RETURN NULL;
END $$;
CREATE FUNCTION guard_stock_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.version <> 1 OR TG_OP = 'UPDATE' AND (
        NEW.version <> OLD.version + 1 OR NEW.effective < OLD.effective OR OLD.state = 'demolished' OR
        (NEW.id, NEW.region, NEW.from_day, NEW.origin) IS DISTINCT FROM (OLD.id, OLD.region, OLD.from_day, OLD.origin) OR
        NEW.case_id IS DISTINCT FROM OLD.case_id) THEN
        RAISE EXCEPTION 'room %: not the next version of it', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_versions';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION keep_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the register of stock is only ever added to' USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'stock_append_only';
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON stock_room FOR EACH ROW EXECUTE FUNCTION guard_stock_room();
CREATE TRIGGER keep BEFORE DELETE ON stock_room FOR EACH ROW EXECUTE FUNCTION keep_stock();
CREATE TRIGGER link AFTER INSERT OR UPDATE ON stock_room FOR EACH ROW EXECUTE FUNCTION write_stock_change();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON stock_change FOR EACH ROW EXECUTE FUNCTION keep_stock();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON stock_patrol FOR EACH ROW EXECUTE FUNCTION keep_stock();

GRANT SELECT ON stock_room, stock_change, stock_patrol TO lizheng_app;
GRANT INSERT, UPDATE ON stock_room TO lizheng_app;
GRANT INSERT ON stock_patrol TO lizheng_app;
