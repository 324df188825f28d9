-- Commendation projects that were approved: without one that covers title and year nobody is named. Whichever procedure came first made the table.
-- +goose Up
CREATE TABLE IF NOT EXISTS commendation_project (
    approval   text PRIMARY KEY,
    name       text NOT NULL,
    authority  text NOT NULL,
    cycle      integer NOT NULL CONSTRAINT commendation_cycle CHECK (cycle > 0),
    first_year integer NOT NULL,
    last_year  integer NOT NULL,
    quota      integer NOT NULL,
    sample     boolean NOT NULL DEFAULT false
);
GRANT SELECT, INSERT ON commendation_project TO lizheng_app;
