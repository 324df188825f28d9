-- What a district or a department writes down for a year has a revision of its own, so that two colleagues do not overwrite each other.
-- +goose Up
CREATE TABLE assessment_part (
    case_id  uuid NOT NULL REFERENCES assessment (case_id),
    kind     text NOT NULL CHECK (kind IN ('report', 'self', 'lead', 'inputs')),
    unit     text NOT NULL, -- that is asked for it; '' for the figures, which are the year's, whichever office sums up
    quarter  integer NOT NULL DEFAULT 0, -- of a report
    revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    PRIMARY KEY (case_id, kind, unit, quarter),
    CONSTRAINT assessment_part_whose CHECK ((kind = 'inputs') = (unit = '')),
    CONSTRAINT assessment_part_quarter CHECK (CASE kind WHEN 'report' THEN quarter BETWEEN 1 AND 4 ELSE quarter = 0 END)
);

GRANT SELECT, INSERT, UPDATE ON assessment_part TO lizheng_app;
