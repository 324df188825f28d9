-- The published lists. What is in force is a question of the instant, never a flag that somebody has to flip.
-- +goose Up
CREATE TABLE entry (
    id          uuid PRIMARY KEY,
    list        text NOT NULL CHECK (list IN ('negative', 'duty', 'assist', 'admitted', 'certificate', 'system', 'sign')),
    category    text NOT NULL CHECK (category IN ('ORG', 'VENUE', 'TASK', 'EVAL', 'ASSESS', 'LEDGER', 'SYSTEM', 'CERT', 'SIGN', 'SURVEY')),
    name        text NOT NULL CHECK (name <> ''),
    name_en     text NOT NULL DEFAULT '',
    normal      text NOT NULL CHECK (normal <> ''),
    parent      uuid REFERENCES entry (id),
    unit        text REFERENCES unit (key),
    case_id     uuid REFERENCES cases (id),
    act         uuid, -- by which decision it came in
    mark        text,
    doc_year    integer,
    doc_number  bigint,
    clearance   text NOT NULL DEFAULT '' CHECK (clearance IN ('', 'stop', 'reduce', 'merge', 'transfer', 'limit', 'keep')),
    merged_into text NOT NULL DEFAULT '',
    valid       tstzrange NOT NULL CHECK (NOT isempty(valid)),
    amount      bigint NOT NULL DEFAULT 0 CHECK (amount >= 0),
    zero_cost   boolean NOT NULL DEFAULT false,
    source      text NOT NULL DEFAULT '',
    note        text NOT NULL DEFAULT '',
    ended_why   text NOT NULL DEFAULT '',
    FOREIGN KEY (mark, doc_year, doc_number) REFERENCES document (mark, year, number),
    -- The same thing is not on one list twice at the same time, however its name is written.
    EXCLUDE USING gist (list WITH =, normal WITH =, valid WITH &&) WHERE (list IN ('negative', 'admitted')),
    CHECK (list <> 'admitted' OR case_id IS NULL OR parent IS NOT NULL OR act IS NOT NULL)
);
CREATE INDEX entry_list ON entry (list, name, id);
CREATE INDEX entry_normal ON entry (normal);
CREATE INDEX entry_parent ON entry (parent);
CREATE INDEX entry_case ON entry (case_id);

CREATE TABLE entry_region (
    entry_id uuid NOT NULL REFERENCES entry (id),
    region   text NOT NULL REFERENCES region (key),
    amount   bigint NOT NULL DEFAULT 0 CHECK (amount >= 0),
    units    bigint NOT NULL DEFAULT 0 CHECK (units >= 0),
    PRIMARY KEY (entry_id, region)
);
CREATE INDEX entry_region_region ON entry_region (region);

CREATE TABLE suspension (
    entry_id uuid NOT NULL REFERENCES entry (id),
    during   tstzrange NOT NULL,
    why      text NOT NULL,
    act      uuid NOT NULL,
    EXCLUDE USING gist (entry_id WITH =, during WITH &&)
);

CREATE TABLE list_version (
    list         text NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    effective    timestamptz NOT NULL,
    act          uuid,
    mark         text,
    doc_year     integer,
    doc_number   bigint,
    published_by text NOT NULL,
    published_at timestamptz NOT NULL DEFAULT city_now(),
    PRIMARY KEY (list, version)
);

-- An entry as it is read: its validity as two instants; the year 9999 stands for "no end".
CREATE VIEW entry_line AS
SELECT e.id, e.list, e.category, e.name, e.name_en, e.normal, e.parent, e.unit, e.case_id, e.mark, e.doc_year, e.doc_number, e.clearance, e.merged_into,
       e.valid, lower(e.valid)::timestamptz AS from_at, coalesce(upper(e.valid), '9999-12-31T00:00:00Z')::timestamptz AS until,
       e.amount, e.zero_cost, e.source, e.note, e.ended_why,
       EXISTS (SELECT FROM suspension s WHERE s.entry_id = e.id AND s.during @> city_now())::boolean AS suspended
FROM entry e;
