-- Why a grant was taken away; one grant of a kind at a time; failed sign-ins are counted by login alone; what people and figures are found by.
-- +goose Up
ALTER TABLE role_grant ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE role_grant ADD CONSTRAINT role_grant_revoked_for_a_reason CHECK (revoked_at IS NULL OR reason <> '');
ALTER TABLE role_grant ADD CONSTRAINT role_grant_once
    EXCLUDE USING gist (person WITH =, role WITH =, unit WITH =, tstzrange(valid_from, valid_until) WITH &&) WHERE (revoked_at IS NULL);
GRANT UPDATE (reason) ON role_grant TO lizheng_app;

-- A lock that only existing accounts have would tell which logins exist: see attempt.
ALTER TABLE account DROP COLUMN failures, DROP COLUMN locked_until;

CREATE INDEX person_name ON person (name, id);
CREATE INDEX cases_filed ON cases (rules_at) INCLUDE (state, unit) WHERE number IS NOT NULL;
CREATE INDEX event_object ON event (object, at_us DESC) WHERE object <> '';
