-- The rooms of the register that took the place of a project's own before those were demolished (D20). One room takes the place of one
-- project's, once. Areas are hundredths of a square metre.
-- +goose Up
CREATE TABLE housing_replacement (
    room    uuid CONSTRAINT housing_replacement_once PRIMARY KEY REFERENCES stock_room (id),
    version integer NOT NULL, -- of the room, as it was seen
    case_id uuid NOT NULL REFERENCES cases (id),
    act     uuid NOT NULL REFERENCES decision (id),
    area    bigint NOT NULL,
    at      timestamptz NOT NULL
);
CREATE INDEX housing_replacement_case ON housing_replacement (case_id);

-- +goose StatementBegin
CREATE FUNCTION guard_housing_replacement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM stock_room r
    WHERE r.id = NEW.room AND r.version = NEW.version AND r.area = NEW.area AND r.state IN ('in_use', 'vacant') AND r.until_day IS NULL
      AND r.case_id IS DISTINCT FROM NEW.case_id
    FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'room %: not one that can take the place of others', NEW.room USING ERRCODE = 'check_violation', CONSTRAINT = 'housing_replacement_stands';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE INSERT ON housing_replacement FOR EACH ROW EXECUTE FUNCTION guard_housing_replacement();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON housing_replacement FOR EACH ROW EXECUTE FUNCTION keep_housing();

GRANT SELECT, INSERT ON housing_replacement TO lizheng_app;

-- Projects that were replaced before this left their rooms in use: they left the register with the answer, and do so now.
UPDATE stock_room r
SET state = 'demolished', until_day = greatest(d.decided_on, r.from_day + 1), version = r.version + 1, effective = greatest(d.decided_on, r.effective),
    why = d.number || ' ' || d.title || '：置换用房已登记，同意拆除（D20）', changed_by = d.actor, act = d.id, changed_at = city_now()
FROM (SELECT c.id AS case_id, c.number, c.title, a.id, a.actor, (a.decided_at AT TIME ZONE 'Asia/Shanghai')::date AS decided_on
      FROM cases c
      JOIN decision a ON a.case_id = c.id AND a.state_to = 'replaced' AND a.state_from = 'in_use'
      WHERE c.procedure = 'housing') d
WHERE r.case_id = d.case_id AND r.state <> 'demolished';
