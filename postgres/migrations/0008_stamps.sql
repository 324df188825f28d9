-- Whoever caches places, parameters, the calendar or grants sees by one cheap read whether they changed; and what a day's notice was.
-- +goose Up
CREATE TABLE stamp (
    name    text PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1
);
INSERT INTO stamp (name) VALUES ('atlas'), ('parameters'), ('calendar'), ('grants');

ALTER TABLE calendar_day ADD COLUMN notice integer NOT NULL DEFAULT 0; -- year of the notice that lists the day

-- +goose StatementBegin
CREATE FUNCTION move_stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE stamp SET version = version + 1 WHERE name = TG_ARGV[0];
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON region FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('atlas');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON placement FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('atlas');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON unit FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('atlas');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON succession FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('atlas');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON parameter FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('parameters');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON calendar_version FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('calendar');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON calendar_day FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('calendar');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON role_grant FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('grants');
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON deputy FOR EACH STATEMENT EXECUTE FUNCTION move_stamp('grants');
GRANT SELECT ON stamp TO lizheng_app;
