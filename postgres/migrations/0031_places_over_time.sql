-- Places, bodies and people change from a day on: what was stays readable, and only an end that was open can be set.
-- +goose Up
CREATE TABLE unit_name (
    unit          text NOT NULL REFERENCES unit (key),
    name          text NOT NULL CHECK (name <> ''),
    name_en       text NOT NULL DEFAULT '',
    short_name    text NOT NULL DEFAULT '',
    document_mark text NOT NULL DEFAULT '',
    from_at       timestamptz NOT NULL,
    source        text NOT NULL CHECK (source <> ''),
    PRIMARY KEY (unit, from_at)
);

CREATE TABLE region_name (
    region  text NOT NULL REFERENCES region (key),
    name    text NOT NULL CHECK (name <> ''),
    name_en text NOT NULL DEFAULT '',
    from_at timestamptz NOT NULL,
    source  text NOT NULL CHECK (source <> ''),
    PRIMARY KEY (region, from_at)
);

-- Of several successors one leads: it answers for what is open.
ALTER TABLE succession ADD COLUMN lead boolean NOT NULL DEFAULT true;
CREATE UNIQUE INDEX succession_lead ON succession (from_unit) WHERE lead;
CREATE INDEX succession_to ON succession (to_unit);

CREATE TABLE region_succession (
    from_region text NOT NULL REFERENCES region (key),
    to_region   text NOT NULL REFERENCES region (key),
    on_day      timestamptz NOT NULL,
    note        text NOT NULL DEFAULT '',
    lead        boolean NOT NULL DEFAULT true,
    PRIMARY KEY (from_region, to_region),
    CHECK (from_region <> to_region)
);
CREATE UNIQUE INDEX region_succession_lead ON region_succession (from_region) WHERE lead;

-- What a person was called, where and as what, until it changed.
ALTER TABLE person ADD COLUMN left_at timestamptz;
CREATE TABLE person_past (
    person     text NOT NULL REFERENCES person (id),
    name       text NOT NULL,
    unit       text,
    post       text NOT NULL,
    until      timestamptz NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (person, until)
);

-- Who answers now for what was the unit's: itself, or the heir of its heir.
-- +goose StatementBegin
CREATE FUNCTION responsible(unit text) RETURNS text LANGUAGE sql STABLE AS $$
    WITH RECURSIVE heir (key, depth) AS (
        SELECT $1, 0
        UNION ALL
        SELECT s.to_unit, h.depth + 1
        FROM heir h
        JOIN public.succession s ON s.from_unit = h.key AND s.lead AND s.on_day <= (SELECT public.city_now()) -- once, not for every heir
        WHERE h.depth < 16
    )
    SELECT key FROM heir ORDER BY depth DESC LIMIT 1
$$;

-- History is closed, never moved: an end may be set once, where there was none.
CREATE FUNCTION keep_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.valid_until IS DISTINCT FROM NEW.valid_until AND OLD.valid_until IS NOT NULL THEN
        RAISE EXCEPTION '% %: it has ended', TG_TABLE_NAME, OLD.key USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'end_kept';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION keep_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT upper_inf(OLD.during) OR lower(OLD.during) <> lower(NEW.during) THEN
        RAISE EXCEPTION 'placement of %: it is over', OLD.region USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'placement_kept';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep BEFORE UPDATE ON unit FOR EACH ROW EXECUTE FUNCTION keep_ended();
CREATE TRIGGER keep BEFORE UPDATE ON region FOR EACH ROW EXECUTE FUNCTION keep_ended();
CREATE TRIGGER keep BEFORE UPDATE ON placement FOR EACH ROW EXECUTE FUNCTION keep_placed();

-- Everybody who caches hears of it; who answers for what hangs on units and their heirs.
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON unit_name FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('atlas');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON region_name FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('atlas');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON region_succession FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('atlas');
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON unit FOR EACH STATEMENT EXECUTE FUNCTION tell_grants();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON succession FOR EACH STATEMENT EXECUTE FUNCTION tell_grants();

REVOKE UPDATE ON region, unit, person FROM lizheng_app;
GRANT UPDATE (valid_until) ON unit TO lizheng_app;
GRANT UPDATE (valid_until, successor) ON region TO lizheng_app;
GRANT UPDATE (during) ON placement TO lizheng_app;
GRANT UPDATE (name, unit, post, left_at) ON person TO lizheng_app;
GRANT SELECT, INSERT ON unit_name, region_name, region_succession, person_past TO lizheng_app;
