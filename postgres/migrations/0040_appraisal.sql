-- The yearly appraisal: standards, score sheets, nominees with frozen scores, published selections, titles within their quota.
-- +goose Up
CREATE TABLE standard (
    id       text PRIMARY KEY,
    unit     text NOT NULL REFERENCES unit (key),
    parent   text REFERENCES standard (id), -- the city's, for a district's rules
    state    text NOT NULL CONSTRAINT standard_state CHECK (state IN ('draft', 'handed_in', 'filed')),
    revision integer NOT NULL DEFAULT 1,
    body     jsonb NOT NULL,
    saved_by text NOT NULL,
    saved_at timestamptz NOT NULL
);
CREATE INDEX standard_unit ON standard (unit, id);
-- +goose StatementBegin
CREATE FUNCTION guard_standard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'filed' OR OLD.state <> 'draft' AND (NEW.body, NEW.unit, NEW.parent) IS DISTINCT FROM (OLD.body, OLD.unit, OLD.parent) THEN
        RAISE EXCEPTION 'standard %: what was handed in or filed stays as it is', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'standard_stays';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE UPDATE ON standard FOR EACH ROW EXECUTE FUNCTION guard_standard();

-- Commendation projects that were approved: without one that covers the year nobody is named.
CREATE TABLE commendation_project (
    approval   text PRIMARY KEY,
    name       text NOT NULL,
    authority  text NOT NULL,
    cycle      integer NOT NULL CONSTRAINT commendation_cycle CHECK (cycle > 0),
    first_year integer NOT NULL,
    last_year  integer NOT NULL,
    quota      integer NOT NULL,
    sample     boolean NOT NULL DEFAULT false
);

-- A nomination as the selection sees it. Points are hundredths.
CREATE TABLE nominee (
    nomination   uuid PRIMARY KEY REFERENCES cases (id),
    year_case    uuid NOT NULL REFERENCES cases (id),
    year         integer NOT NULL,
    community    text NOT NULL REFERENCES region (key),
    committee    text NOT NULL,
    street       text NOT NULL,
    district     text NOT NULL,
    urban        boolean NOT NULL,
    rank         integer, -- the street's own order
    self         bigint NOT NULL DEFAULT 0,
    scored       boolean NOT NULL DEFAULT false,
    panel        bigint NOT NULL DEFAULT 0,
    survey       bigint NOT NULL DEFAULT 0,
    base         bigint NOT NULL DEFAULT 0 CONSTRAINT nominee_points CHECK (base BETWEEN 0 AND 10000),
    bonus        bigint NOT NULL DEFAULT 0,
    penalty      bigint NOT NULL DEFAULT 0,
    second       bigint, -- the base by the city's sample
    standing     text NOT NULL DEFAULT 'stands' CONSTRAINT nominee_standing CHECK (standing IN ('stands', 'vetoed', 'barred', 'not_recommended')),
    ground       text NOT NULL DEFAULT '',
    frozen       boolean NOT NULL DEFAULT false,
    outcome      text NOT NULL DEFAULT '',
    outcome_rank bigint NOT NULL DEFAULT 0,
    CONSTRAINT nominee_once UNIQUE (year_case, community),
    CONSTRAINT nominee_rank_once UNIQUE (year_case, street, rank)
);
CREATE INDEX nominee_district ON nominee (year_case, district);
-- +goose StatementBegin
CREATE FUNCTION guard_nominee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.rank, NEW.self, NEW.scored, NEW.panel, NEW.survey, NEW.base, NEW.bonus, NEW.penalty, NEW.community, NEW.district, NEW.urban, NEW.frozen)
       IS DISTINCT FROM (OLD.rank, OLD.self, OLD.scored, OLD.panel, OLD.survey, OLD.base, OLD.bonus, OLD.penalty, OLD.community, OLD.district, OLD.urban, OLD.frozen)
       OR OLD.second IS NOT NULL AND NEW.second IS DISTINCT FROM OLD.second THEN
        RAISE EXCEPTION 'nominee %: its scores are frozen', OLD.nomination USING ERRCODE = 'check_violation', CONSTRAINT = 'scores_frozen';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE UPDATE ON nominee FOR EACH ROW WHEN (OLD.frozen) EXECUTE FUNCTION guard_nominee();

CREATE TABLE score_sheet (
    id           uuid PRIMARY KEY,
    nomination   uuid NOT NULL REFERENCES cases (id),
    kind         text NOT NULL CONSTRAINT score_sheet_kind CHECK (kind IN ('self', 'panel', 'city')),
    assessor     text NOT NULL, -- '' for the community's own
    unit         text NOT NULL REFERENCES unit (key),
    recused      boolean NOT NULL DEFAULT false,
    why          text NOT NULL DEFAULT '',
    revision     integer NOT NULL DEFAULT 0,
    marks        jsonb NOT NULL DEFAULT '[]',
    submitted_at timestamptz,
    CONSTRAINT score_sheet_once UNIQUE (nomination, kind, assessor)
);
-- +goose StatementBegin
CREATE FUNCTION guard_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'score sheet %: it was submitted and stays as it is', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'sheet_submitted';
END $$;
-- +goose StatementEnd
CREATE TRIGGER guard BEFORE UPDATE ON score_sheet FOR EACH ROW WHEN (OLD.submitted_at IS NOT NULL) EXECUTE FUNCTION guard_sheet();

-- Selections as they were published: added, never changed.
CREATE TABLE appraisal_sheet (
    year_case uuid NOT NULL REFERENCES cases (id),
    ord       integer NOT NULL,
    kind      text NOT NULL,
    hash      text NOT NULL,
    body      text NOT NULL, -- canonical, as it was hashed
    act       uuid NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (year_case, ord)
);
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON appraisal_sheet FOR EACH ROW EXECUTE FUNCTION keep_events();

-- A year's titles. The counter is the gate: of many who ask for the last place one gets it.
CREATE TABLE title_quota (
    year  integer NOT NULL,
    quota integer NOT NULL,
    taken integer NOT NULL DEFAULT 0 CONSTRAINT titles_never_exceeded CHECK (taken BETWEEN 0 AND quota),
    PRIMARY KEY (year, quota)
);
CREATE UNIQUE INDEX title_quota_year ON title_quota (year);

CREATE TABLE naming (
    nomination  uuid PRIMARY KEY REFERENCES cases (id),
    year        integer NOT NULL,
    quota       integer NOT NULL,
    seq         integer NOT NULL CONSTRAINT naming_within_quota CHECK (seq BETWEEN 1 AND quota),
    community   text NOT NULL REFERENCES region (key),
    plaque      text NOT NULL CONSTRAINT naming_plaque UNIQUE,
    document    text NOT NULL,
    act         uuid NOT NULL,
    named_at    timestamptz NOT NULL,
    revoked_at  timestamptz,
    revoked_act uuid,
    CONSTRAINT naming_quota FOREIGN KEY (year, quota) REFERENCES title_quota (year, quota)
);
CREATE UNIQUE INDEX naming_place ON naming (year, seq) WHERE revoked_at IS NULL;
CREATE INDEX naming_community ON naming (community, year DESC);

GRANT SELECT, INSERT ON standard, commendation_project, nominee, score_sheet, appraisal_sheet, title_quota, naming TO lizheng_app;
GRANT UPDATE ON standard, nominee, score_sheet TO lizheng_app;
GRANT UPDATE (taken) ON title_quota TO lizheng_app;
GRANT UPDATE (revoked_at, revoked_act) ON naming TO lizheng_app;
