-- 001-storage: prepare table events; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD COLUMN "_pgtandem_id" bigint;
CREATE VIEW "public_0000_baseline"."events" WITH (security_invoker = true) AS
SELECT "id", "at", "name", "note"
FROM "public"."events";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."_pgtandem_id", NEW."at", NEW."id")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."_pgtandem_id" IS NULL THEN
            NEW."_pgtandem_id" := NEW."id";
        END IF;
    ELSE
        IF NEW."_pgtandem_id" IS NULL THEN
            NEW."_pgtandem_id" := NEW."id";
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."_pgtandem_id", NEW."at", NEW."id")::text, 0)::text, true);
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."events" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_events"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."events";
DROP VIEW IF EXISTS "public_0001_migration"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
ALTER TABLE "public"."events" DROP COLUMN "id";
ALTER TABLE "public"."events" RENAME COLUMN "_pgtandem_id" TO "id";
ALTER TABLE "public"."events" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "public"."events" DROP CONSTRAINT "_pgtandem_id_not_null";
LOCK TABLE "public"."events" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
SELECT pgtandem.add_partitioned_key('"public"."events"', '_pgtandem_events_pkey', 'PRIMARY KEY ("id", "at")');
SELECT set_config('statement_timeout', '0', true);
SELECT pgtandem.name_partition_indexes('"public"."_pgtandem_events_pkey"');
SELECT pgtandem.name_partition_indexes('"public"."_pgtandem_once"');
ALTER TABLE "public"."events" RENAME CONSTRAINT "_pgtandem_events_pkey" TO "events_pkey";
ALTER TABLE "public"."events" RENAME CONSTRAINT "_pgtandem_once" TO "once";
ALTER TABLE "public"."events" RENAME CONSTRAINT "_pgtandem_kind" TO "kind";
SELECT pgtandem.rename_partition_constraints('"public"."events"', '_pgtandem_kind', 'kind');
CREATE VIEW "public_0000_baseline"."events" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "at" date, "name" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."events" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."events";
DROP VIEW IF EXISTS "public_0001_migration"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_kind";
SELECT pgtandem.drop_partition_constraints('"public"."events"', '_pgtandem_kind');
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_once";
SELECT pgtandem.drop_partition_indexes('"public"."events"', '_pgtandem_once');
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_events_pkey";
SELECT pgtandem.drop_partition_indexes('"public"."events"', '_pgtandem_events_pkey');
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_id_not_null";
ALTER TABLE IF EXISTS "public"."events" DROP COLUMN IF EXISTS "_pgtandem_id";
-- 002-backfill: fill new columns of events
-- expand
UPDATE "public"."events" AS new SET
    "_pgtandem_id" = CASE WHEN new."_pgtandem_id" IS NULL THEN (new."id")::bigint ELSE new."_pgtandem_id" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_id" IS NULL);
-- 003-backfill: keep table events in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."_pgtandem_id", NEW."at", NEW."id")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."id" IS DISTINCT FROM OLD."id" THEN
            NEW."_pgtandem_id" := NEW."id";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_id" IS DISTINCT FROM OLD."_pgtandem_id" THEN
            NEW."id" := (NEW."_pgtandem_id")::integer;
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."_pgtandem_id", NEW."at", NEW."id")::text, 0)::text, true);
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_id", "at", "id" ON "public"."events" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_events"();
-- 004-index: create unique index _pgtandem_events_pkey partition by partition for primary key events_pkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.next_partition_key('"public"."events"', '_pgtandem_events_pkey', 'PRIMARY KEY ("_pgtandem_id", "at")', 'USING btree ("_pgtandem_id", "at")', false);
-- 005-index: create unique index _pgtandem_once partition by partition for constraint once; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.next_partition_key('"public"."events"', '_pgtandem_once', 'UNIQUE ("at", "_pgtandem_id", "name")', 'USING btree ("at", "_pgtandem_id", "name")', true);
-- 006-constraint: require a value in _pgtandem_id; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "_pgtandem_id_not_null" CHECK ("_pgtandem_id" IS NOT NULL) NOT VALID;
-- 007-constraint: require a value in _pgtandem_id; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "_pgtandem_id_not_null";
-- 008-constraint: add foreign key _pgtandem_kind; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.next_partition_foreign_key('"public"."events"', '_pgtandem_kind', 'FOREIGN KEY ("_pgtandem_id") REFERENCES "public"."kinds" ("id") ON DELETE CASCADE');
-- 009-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."events";
CREATE VIEW "public_0001_migration"."events" WITH (security_invoker = true) AS
SELECT "at", "name", "note", "_pgtandem_id" AS "id"
FROM "public"."events";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
