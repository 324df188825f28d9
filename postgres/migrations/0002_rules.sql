-- What a city may tune: parameters and working days, each with version, source and effect date. Only ever added to.
-- +goose Up
CREATE TABLE parameter (
    key          text NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    value        text NOT NULL,
    unit         text NOT NULL,
    effective    timestamptz NOT NULL,
    source       text NOT NULL,
    legal_tag    text NOT NULL CHECK (legal_tag IN ('S', 'F', 'L', 'D', 'G', 'P')),
    note_zh      text NOT NULL DEFAULT '',
    note_en      text NOT NULL DEFAULT '',
    changed_by   text NOT NULL,
    changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (key, version)
);

CREATE TABLE calendar_version (
    version     integer PRIMARY KEY,
    source      text NOT NULL,
    imported_by text NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    official    integer[] NOT NULL DEFAULT '{}', -- years whose official notice this import carries
    applied_at  timestamptz -- when all open terms had been recomputed
);

CREATE TABLE calendar_day (
    version integer NOT NULL REFERENCES calendar_version (version),
    day     date NOT NULL,
    kind    text NOT NULL CHECK (kind IN ('holiday', 'makeup')),
    name    text NOT NULL DEFAULT '',
    source  text NOT NULL CHECK (source IN ('builtin', 'imported', 'manual')),
    PRIMARY KEY (version, day)
);
