-- How far the cases of one procedure have come is counted from the index of what was filed alone.
-- +goose Up
DROP INDEX cases_filed;
CREATE INDEX cases_filed ON cases (rules_at) INCLUDE (state, unit, procedure) WHERE number IS NOT NULL;
