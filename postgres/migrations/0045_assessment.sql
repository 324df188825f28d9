-- The assessment of the districts by the task table: what departments and districts write down for a year. Scores that were
-- frozen never change, a published sheet never does, and nobody is named beyond the titles of a project.
-- +goose Up
ALTER TABLE cases ADD CONSTRAINT cases_assessment_states CHECK (procedure <> 'assessment' OR state IN (
    'draft', 'table', 'cosigning', 'issuing', 'running', 'self_scoring', 'scoring', 'feedback', 'summing', 'deliberation', 'publicity', 'objected',
    'naming', 'closed', 'archived'));

-- One line for a year: the lock and the revision of its table.
CREATE TABLE assessment (
    case_id  uuid PRIMARY KEY REFERENCES cases (id),
    revision integer NOT NULL DEFAULT 1 CHECK (revision > 0)
);

CREATE TABLE assessment_row (
    case_id  uuid NOT NULL REFERENCES assessment (case_id),
    key      text NOT NULL CHECK (key ~ '^[0-9a-z.-]{1,20}$'),
    ord      integer NOT NULL,
    category text NOT NULL CHECK (category IN ('burden', 'interaction', 'linkage', 'party', 'workforce', 'funding', 'housing')),
    task     text NOT NULL,
    target   text NOT NULL,
    lead     text REFERENCES unit (key),
    supports text[] NOT NULL DEFAULT '{}',
    points   bigint NOT NULL CHECK (points BETWEEN 0 AND 10000), -- hundredths
    evidence text NOT NULL,
    due      date,
    source   text NOT NULL DEFAULT '',
    PRIMARY KEY (case_id, key),
    UNIQUE (case_id, ord),
    UNIQUE (case_id, key, points) -- what scores are held against
);

-- The city's template: with what the office begins to write a year's table. due: month and day.
CREATE TABLE assessment_template (
    key      text PRIMARY KEY,
    ord      integer NOT NULL UNIQUE,
    category text NOT NULL,
    task     text NOT NULL,
    target   text NOT NULL,
    lead     text NOT NULL REFERENCES unit (key),
    supports text[] NOT NULL DEFAULT '{}',
    points   bigint NOT NULL CHECK (points BETWEEN 0 AND 10000),
    evidence text NOT NULL,
    due      text NOT NULL,
    source   text NOT NULL
);

CREATE TABLE quarter_report (
    case_id  uuid NOT NULL,
    quarter  integer NOT NULL CHECK (quarter BETWEEN 1 AND 4),
    unit     text NOT NULL REFERENCES unit (key),
    row_key  text NOT NULL,
    light    text NOT NULL CHECK (light IN ('green', 'yellow', 'red')),
    progress text NOT NULL CHECK (progress <> ''),
    evidence text NOT NULL DEFAULT '',
    saved_by text NOT NULL REFERENCES person (id),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, quarter, unit, row_key),
    FOREIGN KEY (case_id, row_key) REFERENCES assessment_row (case_id, key)
);

-- A score is at most its row's points; whatever is less has a reason; what has no data is not zero.
CREATE TABLE row_score (
    case_id  uuid NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('self', 'lead')),
    row_key  text NOT NULL,
    unit     text NOT NULL REFERENCES unit (key),
    most     bigint NOT NULL,
    points   bigint, -- NULL: no data
    reason   text NOT NULL DEFAULT '',
    evidence text NOT NULL DEFAULT '',
    saved_by text NOT NULL REFERENCES person (id),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, kind, row_key, unit),
    FOREIGN KEY (case_id, row_key, most) REFERENCES assessment_row (case_id, key, points),
    CONSTRAINT row_score_within CHECK (points BETWEEN 0 AND most),
    CONSTRAINT row_score_reasoned CHECK (coalesce(points = most, false) OR reason <> '')
);

-- One appeal a row and district, answered once.
CREATE TABLE row_appeal (
    case_id  uuid NOT NULL,
    row_key  text NOT NULL,
    unit     text NOT NULL REFERENCES unit (key),
    text     text NOT NULL CHECK (text <> ''),
    filed_by text NOT NULL REFERENCES person (id),
    filed_at timestamptz NOT NULL,
    task_id  uuid UNIQUE REFERENCES task (id),
    result   text CHECK (result IN ('upheld', 'changed')),
    answer   text NOT NULL DEFAULT '',
    points   bigint CHECK (points BETWEEN 0 AND 10000), -- the changed score; the one that was appealed against stays on record
    PRIMARY KEY (case_id, row_key, unit),
    FOREIGN KEY (case_id, row_key) REFERENCES assessment_row (case_id, key),
    CHECK (result IS NULL OR task_id IS NOT NULL),
    CONSTRAINT row_appeal_points CHECK ((coalesce(result, '') = 'changed') = (points IS NOT NULL))
);

CREATE TABLE unit_input (
    case_id  uuid NOT NULL REFERENCES assessment (case_id),
    unit     text NOT NULL REFERENCES unit (key),
    kind     text NOT NULL CHECK (kind IN ('satisfaction', 'complaints', 'shortfall', 'bonus', 'penalty')),
    value    bigint NOT NULL CHECK (value BETWEEN 0 AND 1000000),
    source   text NOT NULL CHECK (source <> ''),
    saved_by text NOT NULL REFERENCES person (id),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, unit, kind)
);

CREATE TABLE assessment_sheet (
    case_id uuid NOT NULL REFERENCES assessment (case_id),
    kind    text NOT NULL CHECK (kind IN ('frozen', 'result')),
    round   integer NOT NULL,
    hash    text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    body    text NOT NULL, -- canonical, byte for byte
    act     uuid NOT NULL REFERENCES decision (id),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, kind, round)
);
CREATE UNIQUE INDEX assessment_frozen_once ON assessment_sheet (case_id) WHERE kind = 'frozen';

-- Who was named an advanced area, one place of the year's titles each.
CREATE TABLE advanced_area (
    case_id uuid NOT NULL REFERENCES assessment (case_id),
    unit    text NOT NULL REFERENCES unit (key),
    seq     integer NOT NULL,
    most    integer NOT NULL,
    project text NOT NULL, -- '' only where the city says that none is needed
    act     uuid NOT NULL REFERENCES decision (id),
    PRIMARY KEY (case_id, unit),
    UNIQUE (case_id, seq),
    CONSTRAINT advanced_area_within CHECK (seq BETWEEN 1 AND most)
);

-- What was written down changes only while it is being written: never after the scores were frozen.
-- +goose StatementBegin
CREATE FUNCTION guard_assessed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM assessment_sheet s WHERE s.case_id = coalesce(NEW.case_id, OLD.case_id) AND s.kind = 'frozen') THEN
        RAISE EXCEPTION 'assessment %: its scores are frozen', coalesce(NEW.case_id, OLD.case_id)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_frozen';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
-- +goose StatementEnd
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON assessment_row FOR EACH ROW EXECUTE FUNCTION guard_assessed();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON quarter_report FOR EACH ROW EXECUTE FUNCTION guard_assessed();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON row_score FOR EACH ROW EXECUTE FUNCTION guard_assessed();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON row_appeal FOR EACH ROW EXECUTE FUNCTION guard_assessed();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON unit_input FOR EACH ROW EXECUTE FUNCTION guard_assessed();

GRANT SELECT ON assessment_template, assessment, assessment_row, quarter_report, row_score, row_appeal, unit_input, assessment_sheet, advanced_area TO lizheng_app;
GRANT INSERT ON assessment, assessment_row, quarter_report, row_score, row_appeal, unit_input, assessment_sheet, advanced_area TO lizheng_app;
GRANT UPDATE ON assessment, quarter_report, row_score, unit_input TO lizheng_app;
GRANT UPDATE (task_id, result, answer, points) ON row_appeal TO lizheng_app;
GRANT DELETE ON assessment_row TO lizheng_app; -- while nothing hangs on a row: the table is replaced as a whole until it is issued
