-- Cases, their tasks and decisions. The database refuses what the procedure does not know: states, moves, second answers.
-- +goose Up
CREATE TABLE move (
    procedure  text NOT NULL,
    from_state text NOT NULL,
    to_state   text NOT NULL,
    PRIMARY KEY (procedure, from_state, to_state)
);

CREATE TABLE cases (
    id           uuid PRIMARY KEY,
    seq          bigint NOT NULL GENERATED ALWAYS AS IDENTITY UNIQUE,
    number       text UNIQUE,
    procedure    text NOT NULL CHECK (procedure IN ('access')),
    route        text NOT NULL CHECK (route IN ('discretionary', 'filing', 'emergency')),
    title        text NOT NULL,
    unit         text NOT NULL REFERENCES unit (key),
    applicant    text NOT NULL REFERENCES person (id),
    state        text NOT NULL CHECK (state IN ('draft', 'submitted', 'blocked', 'accepted', 'returned', 'not_accepted', 'prereview', 'consult',
                     'joint_review', 'deliberation', 'deferred', 'decided', 'publicity', 'objected', 'issuing', 'in_force', 'suspended', 'expired',
                     'exited', 'revoked', 'refused', 'merged', 'transferred', 'commissioned', 'withdrawn', 'lapsed', 'archived')),
    version      integer NOT NULL DEFAULT 1 CHECK (version > 0),
    round        integer NOT NULL DEFAULT 1 CHECK (round > 0),
    next_seats   jsonb NOT NULL DEFAULT '[]',
    due_at       timestamptz,
    acts_at      timestamptz,
    deadline     timestamptz,
    paused_at    timestamptz,
    rules_at     timestamptz NOT NULL,
    calendar     integer NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    closed_at    timestamptz,
    grams        text[] NOT NULL DEFAULT '{}', -- bigrams of the normalised title, for search
    CHECK ((state = 'draft') = (number IS NULL) OR state = 'archived')
);
CREATE INDEX cases_state ON cases (state, seq DESC);
CREATE INDEX cases_unit ON cases (unit, seq DESC);
CREATE INDEX cases_due ON cases (due_at, seq) WHERE due_at IS NOT NULL AND closed_at IS NULL;
CREATE INDEX cases_grams ON cases USING gin (grams);
CREATE INDEX cases_acts ON cases (acts_at) WHERE acts_at IS NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION guard_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM move m WHERE m.procedure = NEW.procedure AND m.from_state = OLD.state AND m.to_state = NEW.state) THEN
        RAISE EXCEPTION 'case %: no move from % to %', NEW.id, OLD.state, NEW.state USING ERRCODE = 'check_violation', CONSTRAINT = 'case_moves';
    END IF;
    IF NEW.version < OLD.version OR NEW.updated_at < OLD.updated_at THEN
        RAISE EXCEPTION 'case %: time and versions only go forward', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'case_forward';
    END IF;
    IF OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number THEN
        RAISE EXCEPTION 'case %: a number is never changed', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'case_number';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION guard_case();

-- The units that take part in a case: applicant, whoever is or was asked. What they may list.
CREATE TABLE case_party (
    unit    text NOT NULL REFERENCES unit (key),
    case_id uuid NOT NULL REFERENCES cases (id),
    seq     bigint NOT NULL,
    PRIMARY KEY (case_id, unit)
);
CREATE INDEX case_party_unit ON case_party (unit, seq DESC);

CREATE TABLE case_reader (
    person  text NOT NULL REFERENCES person (id),
    case_id uuid NOT NULL REFERENCES cases (id),
    seq     bigint NOT NULL,
    PRIMARY KEY (case_id, person)
);
CREATE INDEX case_reader_person ON case_reader (person, seq DESC);

-- The form as it stands, and every revision of it.
CREATE TABLE access_request (
    case_id  uuid PRIMARY KEY REFERENCES cases (id),
    revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    form     jsonb NOT NULL,
    normal   text NOT NULL -- the name in its normal form
);
CREATE INDEX access_request_normal ON access_request (normal);

CREATE TABLE access_revision (
    case_id    uuid NOT NULL REFERENCES cases (id),
    revision   integer NOT NULL,
    form       jsonb NOT NULL,
    saved_by   text NOT NULL,
    saved_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (case_id, revision)
);

CREATE TABLE task (
    id          uuid PRIMARY KEY,
    case_id     uuid NOT NULL REFERENCES cases (id),
    ord         integer NOT NULL, -- order within the case
    step        text NOT NULL,
    role        text NOT NULL,
    unit        text NOT NULL REFERENCES unit (key),
    person      text NOT NULL DEFAULT '', -- '' when anybody of the seat may answer
    round       integer NOT NULL,
    state       text NOT NULL CHECK (state IN ('open', 'done', 'void')),
    outcome     text NOT NULL DEFAULT '',
    claimed_by  text NOT NULL DEFAULT '',
    read_at     timestamptz,
    opened_at   timestamptz NOT NULL,
    opened_by   uuid NOT NULL,
    term        integer NOT NULL CHECK (term >= 0),
    due_at      timestamptz,
    remind_at   timestamptz,
    reminded    integer NOT NULL DEFAULT 0,
    escalated   boolean NOT NULL DEFAULT false,
    urged       integer NOT NULL DEFAULT 0,
    returns     uuid,
    added       boolean NOT NULL DEFAULT false,
    ended_at    timestamptz,
    ended_by    uuid,
    answered_by text NOT NULL DEFAULT '',
    principal   text NOT NULL DEFAULT '',
    automatic   boolean NOT NULL DEFAULT false,
    void_reason text NOT NULL DEFAULT '',
    UNIQUE (case_id, ord),
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK (state <> 'done' OR outcome <> '')
);
CREATE INDEX task_seat ON task (unit, role, due_at, id) WHERE state = 'open';
CREATE INDEX task_open_due ON task (due_at) WHERE state = 'open';
CREATE INDEX task_answered ON task (answered_by, ended_at DESC) WHERE answered_by <> '';

-- +goose StatementBegin
CREATE FUNCTION guard_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'task %: it has ended and stays as it is', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'task_once';
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE UPDATE ON task FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION guard_task();

-- Every accepted act of a person or of the system. The primary key is made of actor and idempotency key.
CREATE TABLE decision (
    id         uuid PRIMARY KEY,
    case_id    uuid NOT NULL REFERENCES cases (id),
    task_id    uuid REFERENCES task (id),
    kind       text NOT NULL,
    actor      text NOT NULL,
    principal  text NOT NULL DEFAULT '',
    grant_id   uuid,
    policy     text NOT NULL DEFAULT '', -- the policy line that allowed it
    role       text NOT NULL DEFAULT '',
    unit       text NOT NULL DEFAULT '',
    outcome    text NOT NULL DEFAULT '',
    opinion    text NOT NULL DEFAULT '',
    details    jsonb NOT NULL DEFAULT '{}',
    figures    jsonb NOT NULL DEFAULT '[]',
    state_from text NOT NULL,
    state_to   text NOT NULL,
    version    integer NOT NULL, -- the case version it made
    rules_at   timestamptz NOT NULL,
    decided_at timestamptz NOT NULL,
    CHECK ((kind = 'decide') <= (task_id IS NOT NULL AND outcome <> '')),
    UNIQUE (case_id, version)
);
-- One counting answer a task, ever.
CREATE UNIQUE INDEX decision_task ON decision (task_id) WHERE kind IN ('decide', 'correct');

CREATE TABLE ruling (
    case_id uuid NOT NULL REFERENCES cases (id),
    act     uuid NOT NULL REFERENCES decision (id),
    round   integer NOT NULL,
    outcome text NOT NULL,
    body    jsonb NOT NULL,
    at      timestamptz NOT NULL,
    ord     integer NOT NULL, -- a fulfilled condition is a further row, not a change
    PRIMARY KEY (case_id, ord)
);

CREATE TABLE objection (
    id      uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES cases (id),
    task_id uuid NOT NULL REFERENCES task (id),
    text    text NOT NULL,
    contact text NOT NULL DEFAULT '',
    by      text NOT NULL DEFAULT '',
    result  text NOT NULL DEFAULT '',
    at      timestamptz NOT NULL
);
CREATE INDEX objection_case ON objection (case_id);

CREATE TABLE pause (
    case_id uuid NOT NULL REFERENCES cases (id),
    from_at timestamptz NOT NULL,
    until   timestamptz,
    why     text NOT NULL,
    PRIMARY KEY (case_id, from_at)
);

-- Counters are rows, never sequences: a number is taken only by what is committed.
CREATE TABLE counter (
    name text NOT NULL,
    year integer NOT NULL,
    last bigint NOT NULL CHECK (last >= 0),
    PRIMARY KEY (name, year)
);

CREATE TABLE document (
    mark      text NOT NULL,
    year      integer NOT NULL,
    number    bigint NOT NULL CHECK (number > 0),
    unit      text NOT NULL REFERENCES unit (key),
    case_id   uuid REFERENCES cases (id),
    act       uuid NOT NULL,
    title     text NOT NULL,
    issued_at timestamptz NOT NULL,
    voided_at timestamptz,
    PRIMARY KEY (mark, year, number)
);

-- +goose StatementBegin
CREATE FUNCTION guard_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number <> (SELECT last FROM counter WHERE name = 'document ' || NEW.mark AND year = NEW.year) OR (NEW.number > 1 AND NOT EXISTS (
        SELECT FROM document d WHERE d.mark = NEW.mark AND d.year = NEW.year AND d.number = NEW.number - 1)) THEN
        RAISE EXCEPTION 'document %-%-%: numbers have no gaps', NEW.mark, NEW.year, NEW.number USING ERRCODE = 'check_violation', CONSTRAINT = 'document_gapless';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION guard_document();
