CREATE SCHEMA IF NOT EXISTS pgtandem;

COMMENT ON SCHEMA pgtandem IS 'State of pgtandem, layout 1. Do not change by hand.';

CREATE TABLE IF NOT EXISTS pgtandem.model (
    schema text PRIMARY KEY,
    body jsonb NOT NULL
);

CREATE TABLE IF NOT EXISTS pgtandem.migration (
    schema text NOT NULL,
    ordinal integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    file_checksum text,
    content text NOT NULL,
    state text NOT NULL,
    expanded_at timestamptz,
    completed_at timestamptz,
    rolled_back_at timestamptz,
    retired_at timestamptz,
    retired_by text,
    fenced boolean NOT NULL DEFAULT false,
    error text,
    PRIMARY KEY (schema, name)
);

CREATE TABLE IF NOT EXISTS pgtandem.act (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    schema text NOT NULL,
    act text NOT NULL,
    migrations text[] NOT NULL,
    state text NOT NULL,
    actor text NOT NULL,
    source text NOT NULL,
    forced boolean NOT NULL DEFAULT false,
    result text,
    after jsonb,
    undo_to text,
    called_off_by text,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);

CREATE UNIQUE INDEX IF NOT EXISTS act_running ON pgtandem.act (schema) WHERE state = 'RUNNING';

CREATE TABLE IF NOT EXISTS pgtandem.step (
    act bigint NOT NULL REFERENCES pgtandem.act ON DELETE CASCADE,
    id text NOT NULL,
    ordinal integer NOT NULL,
    body jsonb NOT NULL,
    begun_at timestamptz,
    done_at timestamptz,
    PRIMARY KEY (act, id)
);

CREATE TABLE IF NOT EXISTS pgtandem.backfill (
    act bigint NOT NULL,
    step text NOT NULL,
    schema text NOT NULL,
    migration text NOT NULL,
    relation text NOT NULL,
    part oid NOT NULL DEFAULT 0,
    page bigint NOT NULL DEFAULT 0,
    window_end bigint NOT NULL DEFAULT 0,
    stripe integer NOT NULL DEFAULT 0,
    stripes integer NOT NULL DEFAULT 1,
    pages bigint NOT NULL DEFAULT 0,
    sweeping boolean NOT NULL DEFAULT false,
    rows_done bigint NOT NULL DEFAULT 0,
    rows_total bigint NOT NULL,
    pages_done bigint NOT NULL DEFAULT 0,
    pages_total bigint NOT NULL,
    row_rate double precision,
    page_rate double precision,
    throttled text,
    unknown text,
    done boolean NOT NULL DEFAULT false,
    PRIMARY KEY (act, step),
    FOREIGN KEY (act, step) REFERENCES pgtandem.step ON DELETE CASCADE
);

CREATE TABLE IF NOT EXISTS pgtandem.control (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    schema text NOT NULL,
    paused boolean NOT NULL,
    knobs jsonb NOT NULL,
    actor text NOT NULL,
    source text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE IF NOT EXISTS pgtandem.instance (
    id text PRIMARY KEY,
    schema text NOT NULL,
    application text NOT NULL,
    host text NOT NULL,
    version text NOT NULL,
    heartbeat_ms bigint NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Stands in FROM, so that no condition that is known to be false keeps it from being called.
CREATE OR REPLACE FUNCTION pgtandem.tombstone(message text) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = message, ERRCODE = 'PGT01';
END
$$;

CREATE OR REPLACE FUNCTION pgtandem.refuse_write() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'PGT01';
END
$$;

-- Whoever may use the base schema may use a version's schema; nobody may create in it.
CREATE OR REPLACE FUNCTION pgtandem.share_schema(base text, version text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    role text;
BEGIN
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', version);
    FOR role IN
        SELECT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END
        FROM pg_namespace n
        CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) g
        WHERE n.nspname = base AND g.privilege_type = 'USAGE'
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %s', version, role);
    END LOOP;
END
$$;

-- What somebody else has put into a version's schema is never dropped; the schema then stays.
CREATE OR REPLACE FUNCTION pgtandem.drop_schema(version text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    objects text;
BEGIN
    EXECUTE format('DROP SCHEMA IF EXISTS %I', version);
EXCEPTION WHEN dependent_objects_still_exist THEN
    GET STACKED DIAGNOSTICS objects = PG_EXCEPTION_DETAIL;
    RAISE WARNING 'schema % is kept, as it holds objects that pgtandem did not create: %', version, objects;
END
$$;

-- Locks rows, but waits for nobody who holds one while somebody waits for this transaction: it may be the same, and
-- neither would ever get on. Tells whether it has them.
CREATE OR REPLACE FUNCTION pgtandem.lock_rows(relation text, condition text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    there bigint;
    locked bigint;
BEGIN
    LOOP
        EXECUTE format('SELECT count(*) FROM %s WHERE %s', relation, condition) INTO there;
        EXECUTE format('SELECT count(*) FROM (SELECT FROM %s WHERE %s FOR NO KEY UPDATE SKIP LOCKED) AS l',
            relation, condition) INTO locked;
        IF locked >= there THEN
            RETURN true;
        END IF;
        IF EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) THEN
            RETURN false;
        END IF;
        PERFORM pg_sleep(0.002);
    END LOOP;
END
$$;

-- Fails where a query finds rows.
CREATE OR REPLACE FUNCTION pgtandem.refuse_rows(message text, query text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    found_rows bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM (%s) AS q', query) INTO found_rows;
    IF found_rows > 0 THEN
        RAISE EXCEPTION USING MESSAGE = format(message, found_rows), ERRCODE = 'PGT02';
    END IF;
END
$$;

-- Ties a new sequence to a column, and lets those draw from it who may write to the table: where a row has no number
-- yet, the sync draws one for whoever updates it.
CREATE OR REPLACE FUNCTION pgtandem.own_sequence(sequence regclass, relation regclass, col name) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    role text;
BEGIN
    EXECUTE format('ALTER SEQUENCE %s OWNER TO %s', sequence,
        (SELECT relowner::regrole FROM pg_class WHERE oid = relation));
    EXECUTE format('ALTER SEQUENCE %s OWNED BY %s.%I', sequence, relation, col);
    FOR role IN
        SELECT DISTINCT CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END
        FROM pg_class c
        CROSS JOIN LATERAL (
            SELECT c.relacl AS acl
            UNION ALL
            SELECT a.attacl FROM pg_attribute a WHERE a.attrelid = c.oid
        ) AS acls
        CROSS JOIN LATERAL aclexplode(acls.acl) AS g
        WHERE c.oid = relation AND g.privilege_type IN ('INSERT', 'UPDATE') AND g.grantee <> c.relowner
    LOOP
        EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %s', sequence, role);
    END LOOP;
END
$$;
