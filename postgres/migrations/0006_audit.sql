-- The audit chain, the stored answers, the outbox. Events copy the names they mention and outlive what they describe.
-- +goose Up
CREATE TABLE chain (
    id   smallint PRIMARY KEY,
    seq  bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT '\x'
);
INSERT INTO chain (id) SELECT generate_series(0, 7);

CREATE TABLE event (
    chain      smallint NOT NULL,
    seq        bigint NOT NULL,
    at_us      bigint NOT NULL, -- microseconds since 1970: text of a timestamp depends on the session
    kind       text NOT NULL,
    result     text NOT NULL CHECK (result IN ('done', 'refused')),
    code       text NOT NULL DEFAULT '', -- of a refusal
    actor      text NOT NULL,
    actor_name text NOT NULL DEFAULT '',
    principal  text NOT NULL DEFAULT '',
    role       text NOT NULL DEFAULT '',
    unit       text NOT NULL DEFAULT '',
    unit_name  text NOT NULL DEFAULT '',
    case_id    uuid,
    task_id    uuid,
    act        uuid,
    address    text NOT NULL DEFAULT '',
    request    text NOT NULL DEFAULT '',
    object     text NOT NULL DEFAULT '', -- what else it is about: an account, a parameter, a list
    state_from text NOT NULL DEFAULT '',
    state_to   text NOT NULL DEFAULT '',
    detail     text NOT NULL DEFAULT '{}', -- JSON, byte for byte as hashed
    prev       bytea NOT NULL,
    hash       bytea NOT NULL,
    PRIMARY KEY (chain, seq)
);
CREATE INDEX event_case ON event (case_id, at_us, seq) WHERE case_id IS NOT NULL;
CREATE INDEX event_at ON event (at_us DESC);
CREATE INDEX event_actor ON event (actor, at_us DESC);

-- Position and hash are taken under the chain's lock, in the inserting transaction: no two events share a predecessor.
-- +goose StatementBegin
CREATE FUNCTION link_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW.at_us = 0 THEN -- times come from the record's clock
        NEW.at_us := (extract(epoch FROM city_now()) * 1000000)::bigint;
    END IF;
    NEW.chain := abs(hashtext(coalesce(NEW.case_id::text, NEW.object)) % 8);
    SELECT c.seq + 1, c.hash INTO NEW.seq, NEW.prev FROM chain c WHERE c.id = NEW.chain FOR UPDATE;
    NEW.hash := sha256(NEW.prev || convert_to(concat_ws(E'\x1f', NEW.chain, NEW.seq, NEW.at_us, NEW.kind, NEW.result, NEW.code, NEW.actor, NEW.actor_name,
        NEW.principal, NEW.role, NEW.unit, NEW.unit_name, coalesce(NEW.case_id::text, ''), coalesce(NEW.task_id::text, ''), coalesce(NEW.act::text, ''),
        NEW.address, NEW.request, NEW.object, NEW.state_from, NEW.state_to, NEW.detail), 'UTF8'));
    UPDATE chain SET seq = NEW.seq, hash = NEW.hash WHERE id = NEW.chain;
    RETURN NEW;
END $$;
CREATE FUNCTION keep_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to' USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'audit_append_only';
END $$;
-- +goose StatementEnd
CREATE TRIGGER link BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION link_event();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION keep_events();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION keep_events();

-- Signed heads of the chains; copies go to a file outside the database.
CREATE TABLE checkpoint (
    at     timestamptz NOT NULL,
    chain  smallint NOT NULL,
    seq    bigint NOT NULL,
    hash   bytea NOT NULL,
    mac    bytea NOT NULL,
    PRIMARY KEY (chain, at)
);

-- The one answer to every act: the same key hears the same, for ever.
CREATE TABLE answer (
    actor   text NOT NULL,
    key     text NOT NULL,
    hash    text NOT NULL,
    act     uuid NOT NULL,
    route   text NOT NULL,
    accepted boolean NOT NULL,
    body    json NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (actor, key)
);

CREATE TABLE outbox (
    seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id      uuid NOT NULL UNIQUE,
    kind    text NOT NULL,
    role    text NOT NULL DEFAULT '',
    unit    text NOT NULL DEFAULT '',
    person  text NOT NULL DEFAULT '',
    case_id uuid,
    task_id uuid,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz
);
CREATE INDEX outbox_waiting ON outbox (seq) WHERE sent_at IS NULL;

CREATE TABLE notice (
    id      uuid NOT NULL,
    person  text NOT NULL REFERENCES person (id),
    kind    text NOT NULL,
    case_id uuid,
    task_id uuid,
    at      timestamptz NOT NULL,
    read_at timestamptz,
    PRIMARY KEY (person, id)
);
CREATE INDEX notice_unread ON notice (person, at DESC) WHERE read_at IS NULL;

CREATE TABLE attachment (
    id         uuid PRIMARY KEY,
    case_id    uuid NOT NULL REFERENCES cases (id),
    name       text NOT NULL,
    media_type text NOT NULL,
    size       bigint NOT NULL CHECK (size > 0),
    sha256     bytea NOT NULL,
    added_by   text NOT NULL,
    added_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    removed_at timestamptz
);
CREATE INDEX attachment_case ON attachment (case_id);
