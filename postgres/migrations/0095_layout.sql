-- The layout plan of community rooms (D1): the states of its cases, and the versions of the city's plan. At most one of them is in
-- force; each newer one ends the one before.
-- +goose Up
ALTER TABLE cases
    DROP CONSTRAINT cases_procedure_check,
    ADD CONSTRAINT cases_procedure_check CHECK (procedure IN ('access', 'appraisal', 'nomination', 'assessment', 'housing', 'plan_change', 'supplement', 'layout')),
    ADD CONSTRAINT cases_layout_states CHECK (procedure <> 'layout' OR state IN (
        'draft', 'layout_review', 'returned', 'deliberation', 'in_force', 'expired', 'replaced', 'withdrawn', 'archived'));

CREATE TABLE layout_version (
    version   integer PRIMARY KEY CHECK (version > 0),
    case_id   uuid NOT NULL UNIQUE REFERENCES cases (id),
    act       uuid NOT NULL REFERENCES decision (id),
    from_year integer NOT NULL,
    to_year   integer NOT NULL CHECK (to_year BETWEEN from_year AND from_year + 4),
    since     timestamptz NOT NULL,
    until     timestamptz CHECK (until > since)
);
CREATE UNIQUE INDEX layout_one_in_force ON layout_version ((true)) WHERE until IS NULL;

GRANT SELECT, INSERT ON layout_version TO lizheng_app;
GRANT UPDATE (until) ON layout_version TO lizheng_app;
