-- Places, bodies and people, all with validity: a case of 2014 still resolves to whoever answers today.
-- +goose Up
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The record's clock. It is moved only in the sample city, where a walkthrough must not take weeks; a service on real data refuses to start with a moved clock.
CREATE TABLE clock (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    shift interval NOT NULL DEFAULT '0' CHECK (shift >= '0')
);
INSERT INTO clock DEFAULT VALUES;

-- +goose StatementBegin
CREATE FUNCTION city_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() + (SELECT shift FROM public.clock) $$;
-- +goose StatementEnd

CREATE TABLE region (
    key         text PRIMARY KEY CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
    code        text NOT NULL DEFAULT '',
    name        text NOT NULL,
    name_en     text NOT NULL DEFAULT '',
    level       text NOT NULL CHECK (level IN ('city', 'district', 'township', 'community')),
    kind        text NOT NULL,
    successor   text REFERENCES region (key),
    households  bigint NOT NULL DEFAULT 0 CHECK (households >= 0),
    population  bigint NOT NULL DEFAULT 0 CHECK (population >= 0),
    urban       boolean NOT NULL DEFAULT true,
    valid_from  timestamptz NOT NULL,
    valid_until timestamptz CHECK (valid_until > valid_from)
);

-- Where a region hangs for a time. Permission scope walks "entrusted to, else parent", never a code prefix.
CREATE TABLE placement (
    region    text NOT NULL REFERENCES region (key),
    parent    text REFERENCES region (key),
    entrusted text REFERENCES region (key),
    during    tstzrange NOT NULL CHECK (NOT isempty(during)),
    EXCLUDE USING gist (region WITH =, during WITH &&)
);

CREATE TABLE unit (
    key           text PRIMARY KEY CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
    name          text NOT NULL,
    name_en       text NOT NULL DEFAULT '',
    short_name    text NOT NULL DEFAULT '',
    level         text NOT NULL CHECK (level IN ('province', 'city', 'district', 'township', 'community', 'external')),
    kind          text NOT NULL,
    region        text REFERENCES region (key),
    document_mark text NOT NULL DEFAULT '',
    valid_from    timestamptz NOT NULL,
    valid_until   timestamptz CHECK (valid_until > valid_from)
);
CREATE INDEX unit_region ON unit (region);

CREATE TABLE succession (
    from_unit text NOT NULL REFERENCES unit (key),
    to_unit   text NOT NULL REFERENCES unit (key),
    on_day    timestamptz NOT NULL,
    note      text NOT NULL DEFAULT '',
    PRIMARY KEY (from_unit, to_unit)
);

-- A natural person. Separation of duties counts persons, not accounts.
CREATE TABLE person (
    id     text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,79}$' AND id NOT IN ('system', 'public')),
    name   text NOT NULL CHECK (name <> ''),
    unit   text REFERENCES unit (key),
    post   text NOT NULL DEFAULT '',
    sample boolean NOT NULL DEFAULT false
);

CREATE TABLE account (
    id            uuid PRIMARY KEY,
    person        text NOT NULL REFERENCES person (id),
    login         text NOT NULL UNIQUE CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
    password      text NOT NULL, -- argon2id in PHC form; never plain, never logged
    must_change   boolean NOT NULL DEFAULT true,
    failures      integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    locked_until  timestamptz,
    disabled_at   timestamptz,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX account_person ON account (person);

CREATE TABLE session (
    hash       bytea PRIMARY KEY, -- SHA-256 of the token
    account    uuid NOT NULL REFERENCES account (id),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    address    text NOT NULL DEFAULT '',
    agent      text NOT NULL DEFAULT ''
);
CREATE INDEX session_account ON session (account);

CREATE TABLE api_token (
    id         uuid PRIMARY KEY,
    hash       bytea NOT NULL UNIQUE,
    account    uuid NOT NULL REFERENCES account (id),
    label      text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    used_at    timestamptz
);
CREATE INDEX api_token_account ON api_token (account);

-- Who holds which role where, until when. A grant counts once a second person has confirmed it.
CREATE TABLE role_grant (
    id           uuid PRIMARY KEY,
    person       text NOT NULL REFERENCES person (id),
    role         text NOT NULL,
    unit         text NOT NULL REFERENCES unit (key),
    valid_from   timestamptz NOT NULL,
    valid_until  timestamptz CHECK (valid_until > valid_from),
    granted_by   text NOT NULL,
    granted_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    confirmed_by text,
    confirmed_at timestamptz,
    revoked_by   text,
    revoked_at   timestamptz,
    administers  boolean GENERATED ALWAYS AS (role IN ('sys_admin', 'sec_admin', 'auditor')) STORED,
    CHECK (granted_by <> person),
    CHECK (confirmed_by IS NULL OR (confirmed_by <> granted_by AND confirmed_by <> person)),
    -- One of the three administrators is nothing else at the same time (三员分立).
    EXCLUDE USING gist (
        person WITH =,
        (CASE WHEN role IN ('sys_admin', 'sec_admin', 'auditor') THEN role ELSE 'business' END) WITH <>,
        tstzrange(valid_from, valid_until) WITH &&
    ) WHERE (revoked_at IS NULL)
);
CREATE INDEX role_grant_person ON role_grant (person);
CREATE INDEX role_grant_seat ON role_grant (unit, role);

CREATE TABLE deputy (
    id          uuid PRIMARY KEY,
    principal   text NOT NULL REFERENCES person (id),
    person      text NOT NULL REFERENCES person (id),
    valid_from  timestamptz NOT NULL,
    valid_until timestamptz NOT NULL CHECK (valid_until > valid_from),
    ended_at    timestamptz,
    CHECK (person <> principal),
    EXCLUDE USING gist (principal WITH =, tstzrange(valid_from, valid_until) WITH &&) WHERE (ended_at IS NULL)
);
CREATE INDEX deputy_person ON deputy (person);

-- Whoever caches grants hears of a change once it is committed.
-- +goose StatementBegin
CREATE FUNCTION tell_grants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('grants', '');
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON role_grant FOR EACH STATEMENT EXECUTE FUNCTION tell_grants();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON deputy FOR EACH STATEMENT EXECUTE FUNCTION tell_grants();
