-- What lists are paged and found by, failed sign-ins of logins that may not exist, and discarding a draft with its files.
-- +goose Up
CREATE INDEX cases_applicant ON cases (applicant, seq DESC);
CREATE INDEX cases_created ON cases (created_at DESC, seq);
CREATE INDEX cases_number_prefix ON cases (number COLLATE "C");
CREATE INDEX task_ended ON task (ended_at) INCLUDE (step, unit, due_at) WHERE state = 'done';
CREATE INDEX entry_name ON entry (name, id);
CREATE INDEX notice_person ON notice (person, at DESC, id DESC);
CREATE INDEX role_grant_at ON role_grant (granted_at DESC, id DESC);
CREATE INDEX document_act ON document (act);

-- Failed sign-ins by login, whether there is such an account or not: a lock must not tell which logins exist.
CREATE TABLE attempt (
    login        text PRIMARY KEY,
    failures     integer NOT NULL CHECK (failures >= 0),
    locked_until timestamptz,
    at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX attempt_at ON attempt (at);
GRANT SELECT, INSERT, UPDATE, DELETE ON attempt TO lizheng_app;

-- A draft goes with its files and readers; what belongs to a number stays.
GRANT DELETE ON attachment, case_reader TO lizheng_app;
-- +goose StatementBegin
CREATE FUNCTION keep_numbered_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases c WHERE c.id = OLD.case_id AND c.number IS NOT NULL) THEN
        RAISE EXCEPTION 'case %: it has a number and keeps what belongs to it', OLD.case_id USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'case_kept';
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep BEFORE DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION keep_numbered_part();
CREATE TRIGGER keep BEFORE DELETE ON case_reader FOR EACH ROW EXECUTE FUNCTION keep_numbered_part();
CREATE TRIGGER keep BEFORE DELETE ON case_party FOR EACH ROW EXECUTE FUNCTION keep_numbered_part();
CREATE TRIGGER keep BEFORE DELETE ON access_request FOR EACH ROW EXECUTE FUNCTION keep_numbered_part();
CREATE TRIGGER keep BEFORE DELETE ON access_revision FOR EACH ROW EXECUTE FUNCTION keep_numbered_part();
