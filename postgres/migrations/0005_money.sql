-- Budget lines and the two-phase, append-only ledger. The counter row with its checks is the gate: what is not there cannot be promised.
-- +goose Up
CREATE TABLE budget_line (
    id           text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
    unit         text NOT NULL REFERENCES unit (key),
    year         integer NOT NULL CHECK (year BETWEEN 2000 AND 2200),
    subject      text NOT NULL,
    name         text NOT NULL,
    appropriated bigint NOT NULL CHECK (appropriated >= 0),
    reserved     bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    committed    bigint NOT NULL DEFAULT 0 CHECK (committed >= 0),
    disbursed    bigint NOT NULL DEFAULT 0 CHECK (disbursed >= 0),
    returned     bigint NOT NULL DEFAULT 0 CHECK (returned >= 0 AND returned <= disbursed),
    closed       boolean NOT NULL DEFAULT false,
    CONSTRAINT budget_never_overdrawn CHECK (reserved + committed + disbursed - returned <= appropriated)
);
CREATE INDEX budget_line_unit ON budget_line (unit, year);

CREATE TABLE movement (
    id      uuid PRIMARY KEY,
    line    text NOT NULL REFERENCES budget_line (id),
    kind    text NOT NULL CHECK (kind IN ('reserve', 'commit', 'disburse', 'settle', 'release', 'reverse')),
    parent  uuid REFERENCES movement (id),
    case_id uuid NOT NULL REFERENCES cases (id),
    act     uuid NOT NULL REFERENCES decision (id), -- no movement without its decision
    amount  bigint NOT NULL CHECK (amount > 0),
    resolved bigint NOT NULL DEFAULT 0 CHECK (resolved BETWEEN 0 AND amount), -- what children have taken of it
    at      timestamptz NOT NULL,
    CHECK ((kind = 'reserve') = (parent IS NULL))
);
CREATE INDEX movement_line ON movement (line, at DESC, id);
CREATE INDEX movement_case ON movement (case_id);
CREATE INDEX movement_parent ON movement (parent);

-- The one way to write the ledger. Returns false when the line cannot carry a reservation; everything else that does not fit is an error.
-- +goose StatementBegin
CREATE FUNCTION post_movement(p_id uuid, p_line text, p_kind text, p_parent uuid, p_case uuid, p_act uuid, p_amount bigint, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    parent_kind text;
BEGIN
    IF p_kind = 'reserve' THEN
        UPDATE budget_line SET reserved = reserved + p_amount
        WHERE id = p_line AND NOT closed AND reserved + committed + disbursed - returned + p_amount <= appropriated;
        IF NOT FOUND THEN
            RETURN false;
        END IF;
    ELSE
        UPDATE movement SET resolved = resolved + p_amount
        WHERE id = p_parent AND line = p_line AND case_id = p_case AND resolved + p_amount <= amount
        RETURNING kind INTO parent_kind;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'movement %: nothing of that size is left to %', p_id, p_kind USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_resolved_once';
        END IF;
        IF (p_kind, parent_kind) NOT IN (('commit', 'reserve'), ('release', 'reserve'), ('release', 'commit'), ('disburse', 'commit'), ('settle', 'commit'), ('reverse', 'disburse')) THEN
            RAISE EXCEPTION 'movement %: no % after %', p_id, p_kind, parent_kind USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_order';
        END IF;
        UPDATE budget_line SET
            reserved  = reserved  - CASE WHEN parent_kind = 'reserve' THEN p_amount ELSE 0 END,
            committed = committed + CASE WHEN p_kind = 'commit' THEN p_amount WHEN parent_kind = 'commit' THEN -p_amount ELSE 0 END,
            disbursed = disbursed + CASE WHEN p_kind IN ('disburse', 'settle') THEN p_amount ELSE 0 END,
            returned  = returned  + CASE WHEN p_kind = 'reverse' THEN p_amount ELSE 0 END
        WHERE id = p_line;
    END IF;
    INSERT INTO movement (id, line, kind, parent, case_id, act, amount, at) VALUES (p_id, p_line, p_kind, p_parent, p_case, p_act, p_amount, p_at);
    RETURN true;
END $$;
-- +goose StatementEnd

-- No task without its money (费随事转): an entry that came in by a case is covered to the fen by what is committed, or recorded as zero cost.
-- Checked at the end of every transaction that touches it.
-- +goose StatementBegin
CREATE FUNCTION guard_funding() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held bigint;
BEGIN
    IF NEW.list <> 'admitted' OR NEW.case_id IS NULL OR NEW.parent IS NOT NULL OR NEW.zero_cost OR upper(NEW.valid) <= city_now() THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(sum(amount - resolved), 0) INTO held FROM movement WHERE case_id = NEW.case_id AND kind = 'commit';
    IF held + (SELECT coalesce(sum(amount), 0) FROM movement WHERE case_id = NEW.case_id AND kind IN ('disburse', 'settle')) < NEW.amount OR NEW.amount = 0 THEN
        RAISE EXCEPTION 'entry %: % fen are not committed', NEW.id, NEW.amount USING ERRCODE = 'check_violation', CONSTRAINT = 'fees_follow_tasks';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER fees_follow_tasks AFTER INSERT OR UPDATE ON entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_funding();
