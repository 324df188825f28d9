-- What the running service may do: read everything, add, change what changes; never rewrite history, never define.
-- +goose Up
-- +goose StatementBegin
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lizheng_app') THEN
        CREATE ROLE lizheng_app LOGIN;
    END IF;
END $$;
-- +goose StatementEnd
GRANT USAGE ON SCHEMA public TO lizheng_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO lizheng_app;
GRANT INSERT ON region, placement, unit, succession, person, account, session, api_token, role_grant, deputy, parameter, calendar_version, calendar_day,
    cases, case_party, case_reader, access_request, access_revision, task, decision, ruling, objection, pause, counter, document,
    entry, entry_region, suspension, list_version, budget_line, event, checkpoint, answer, outbox, notice, attachment TO lizheng_app;
GRANT UPDATE ON region, unit, person, account, session, api_token, deputy, cases, access_request, task, counter, notice, outbox, calendar_version TO lizheng_app;
GRANT UPDATE (confirmed_by, confirmed_at, revoked_by, revoked_at) ON role_grant TO lizheng_app;
GRANT UPDATE (valid, ended_why) ON entry TO lizheng_app;
GRANT UPDATE (during) ON suspension TO lizheng_app;
GRANT UPDATE (result) ON objection TO lizheng_app;
GRANT UPDATE (until) ON pause TO lizheng_app;
GRANT UPDATE (voided_at) ON document TO lizheng_app;
GRANT UPDATE (appropriated, closed) ON budget_line TO lizheng_app;
GRANT UPDATE (removed_at) ON attachment TO lizheng_app;
-- Drafts and what hangs on them may be discarded; a case with a number never is.
GRANT DELETE ON cases, case_party, access_request, access_revision, session TO lizheng_app;
-- +goose StatementBegin
CREATE FUNCTION keep_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number IS NOT NULL THEN
        RAISE EXCEPTION 'case %: it has a number and stays', OLD.id USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'case_kept';
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep BEFORE DELETE ON cases FOR EACH ROW EXECUTE FUNCTION keep_numbered();
REVOKE EXECUTE ON FUNCTION post_movement FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_movement TO lizheng_app;
