-- The lasting record of housing projects: what a project's matter keeps only as it stands now. Every value of its six areas, every
-- term and the one end of its orders, what was made good of a shortfall and every fen booked for it. Only ever added to, by the act
-- that made it so. Areas are hundredths of a square metre, money is fen.
-- +goose Up
CREATE TABLE housing_area (
    act       uuid NOT NULL REFERENCES decision (id),
    ord       integer NOT NULL CONSTRAINT housing_area_ord CHECK (ord > 0), -- within the act
    case_id   uuid NOT NULL REFERENCES cases (id),
    stage     text NOT NULL CONSTRAINT housing_area_stage CHECK (stage IN ('required', 'designed', 'permitted', 'measured', 'handed_over', 'registered')),
    area      bigint NOT NULL CONSTRAINT housing_area_range CHECK (area BETWEEN 0 AND 9999999999),
    reference text NOT NULL, -- the paper; '' where the signatures of the handover say it
    change    uuid REFERENCES cases (id), -- the change of plan that made it so
    at        timestamptz NOT NULL,
    PRIMARY KEY (act, ord),
    -- A change of plan is taken over once.
    CONSTRAINT housing_change_once UNIQUE (change, stage)
);
CREATE INDEX housing_area_case ON housing_area (case_id, stage, at DESC, ord DESC);
-- Rooms are handed over once, and registered once.
CREATE UNIQUE INDEX housing_area_final ON housing_area (case_id, stage) WHERE stage IN ('handed_over', 'registered');

-- An order to rectify, under the act that issued it and the number that this act took.
CREATE TABLE housing_order (
    act        uuid PRIMARY KEY REFERENCES decision (id),
    case_id    uuid NOT NULL REFERENCES cases (id),
    round      integer NOT NULL CONSTRAINT housing_order_round CHECK (round > 0), -- of the verification that ordered it
    mark       text NOT NULL,
    doc_year   integer NOT NULL,
    doc_number bigint NOT NULL,
    issued_at  timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    CONSTRAINT housing_order_document FOREIGN KEY (mark, doc_year, doc_number) REFERENCES document (mark, year, number),
    CONSTRAINT housing_order_number UNIQUE (mark, doc_year, doc_number),
    CONSTRAINT housing_order_once UNIQUE (case_id, round),
    CONSTRAINT housing_order_term CHECK (due_at > issued_at)
);

CREATE TABLE housing_order_event (
    act      uuid PRIMARY KEY REFERENCES decision (id),
    order_id uuid NOT NULL REFERENCES housing_order (act),
    event    text NOT NULL CONSTRAINT housing_order_event_known CHECK (event IN ('extended', 'rectified', 'impossible', 'transferred')),
    due_at   timestamptz, -- the longer term
    at       timestamptz NOT NULL,
    CONSTRAINT housing_order_event_term CHECK ((event = 'extended') = (due_at IS NOT NULL))
);
CREATE INDEX housing_order_event_order ON housing_order_event (order_id, at);
CREATE UNIQUE INDEX housing_order_ends_once ON housing_order_event (order_id) WHERE event <> 'extended';

-- What makes a shortfall good: an area that is there, or a payment that the leading group decided. The whole of it is what counts.
CREATE TABLE housing_measure (
    id               uuid PRIMARY KEY,
    act              uuid NOT NULL CONSTRAINT housing_measure_once UNIQUE REFERENCES decision (id),
    case_id          uuid NOT NULL REFERENCES cases (id),
    remedy           text NOT NULL CONSTRAINT housing_measure_remedy CHECK (remedy IN ('extend', 'reallocate', 'buy_nearby', 'pay')),
    area             bigint NOT NULL CONSTRAINT housing_measure_range CHECK (area BETWEEN 1 AND 9999999999),
    street           text NOT NULL, -- of a purchase
    storey           integer NOT NULL,
    reference        text NOT NULL CONSTRAINT housing_measure_paper CHECK (reference <> ''),
    construction_fen bigint NOT NULL, -- per square metre; 0 of an area
    land_fen         bigint NOT NULL CONSTRAINT housing_measure_land CHECK (land_fen >= 0),
    due_fen          bigint GENERATED ALWAYS AS (ceil(area::numeric * (construction_fen + land_fen) / 100)::bigint) STORED, -- to the next whole fen
    at               timestamptz NOT NULL,
    CONSTRAINT housing_measure_nearby CHECK (remedy <> 'buy_nearby' OR street <> ''),
    CONSTRAINT housing_measure_priced CHECK (construction_fen >= 0 AND (remedy = 'pay') = (construction_fen > 0))
);
CREATE INDEX housing_measure_case ON housing_measure (case_id);

CREATE TABLE housing_booking (
    act       uuid PRIMARY KEY REFERENCES decision (id),
    measure   uuid NOT NULL REFERENCES housing_measure (id),
    amount    bigint NOT NULL CONSTRAINT housing_booking_amount CHECK (amount > 0),
    reference text NOT NULL CONSTRAINT housing_booking_paper CHECK (reference <> ''),
    day       date NOT NULL, -- of the paper
    at        timestamptz NOT NULL,
    -- One voucher is booked once.
    CONSTRAINT housing_booking_once UNIQUE (measure, reference)
);

-- The inventory of a handover stands, word for word, in the decision that offered it; here it is line by line, once everybody has signed.
CREATE VIEW housing_inventory AS
SELECT a.case_id, o.id AS offer, l.ord::integer AS ord, l.line ->> 'kind' AS kind, l.line ->> 'name' AS name, coalesce(l.line ->> 'value', '') AS value, a.at AS signed_at
FROM housing_area a
CROSS JOIN LATERAL (
    SELECT d.id, d.details FROM decision d
    WHERE d.case_id = a.case_id AND d.decided_at < a.at AND d.kind IN ('decide', 'correct') AND d.details #> '{housing,inventory}' IS NOT NULL
    ORDER BY d.version DESC LIMIT 1) o
CROSS JOIN LATERAL jsonb_array_elements(o.details #> '{housing,inventory,lines}') WITH ORDINALITY l (line, ord)
WHERE a.stage = 'handed_over';

-- +goose StatementBegin
CREATE FUNCTION guard_housing_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM housing_order o WHERE o.case_id = NEW.case_id AND NOT EXISTS (
        SELECT FROM housing_order_event e WHERE e.order_id = o.act AND e.event <> 'extended')) THEN
        RAISE EXCEPTION 'project %: an order is still open', NEW.case_id USING ERRCODE = 'check_violation', CONSTRAINT = 'housing_one_order_open';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION guard_housing_order_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM housing_order_event e WHERE e.order_id = NEW.order_id AND (e.event <> 'extended' AND NEW.event = 'extended' OR e.due_at >= NEW.due_at))
       OR NEW.due_at <= (SELECT o.due_at FROM housing_order o WHERE o.act = NEW.order_id) THEN
        RAISE EXCEPTION 'order %: it has ended, or its term would not be longer', NEW.order_id USING ERRCODE = 'check_violation', CONSTRAINT = 'housing_order_lasts';
    END IF;
    RETURN NEW;
END $$;
-- What is booked never exceeds what is due. The project's own lock keeps two bookings apart.
CREATE FUNCTION guard_housing_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.amount + (SELECT coalesce(sum(b.amount), 0) FROM housing_booking b WHERE b.measure = NEW.measure)
       > (SELECT m.due_fen FROM housing_measure m WHERE m.id = NEW.measure) THEN
        RAISE EXCEPTION 'measure %: more than is due', NEW.measure USING ERRCODE = 'check_violation', CONSTRAINT = 'housing_never_overpaid';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION keep_housing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record of housing projects is only ever added to' USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'housing_append_only';
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE INSERT ON housing_order FOR EACH ROW EXECUTE FUNCTION guard_housing_order();
CREATE TRIGGER guard BEFORE INSERT ON housing_order_event FOR EACH ROW EXECUTE FUNCTION guard_housing_order_event();
CREATE TRIGGER guard BEFORE INSERT ON housing_booking FOR EACH ROW EXECUTE FUNCTION guard_housing_booking();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON housing_area FOR EACH ROW EXECUTE FUNCTION keep_housing();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON housing_order FOR EACH ROW EXECUTE FUNCTION keep_housing();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON housing_order_event FOR EACH ROW EXECUTE FUNCTION keep_housing();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON housing_measure FOR EACH ROW EXECUTE FUNCTION keep_housing();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON housing_booking FOR EACH ROW EXECUTE FUNCTION keep_housing();

GRANT SELECT ON housing_area, housing_order, housing_order_event, housing_measure, housing_booking, housing_inventory TO lizheng_app;
GRANT INSERT ON housing_area, housing_order, housing_order_event, housing_measure, housing_booking TO lizheng_app;
