-- 001-storage: make enum types
-- expand
CREATE TYPE "public"."_pgtandem_kind" AS ENUM ('start', 'end');
-- 002-storage: prepare table events; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD COLUMN "_pgtandem_kind" "public"."_pgtandem_kind";
ALTER TABLE "public"."events" ALTER COLUMN "_pgtandem_kind" SET DEFAULT 'start';
CREATE VIEW "public_0000_baseline"."events" WITH (security_invoker = true) AS
SELECT "id", "at", "kind"
FROM "public"."events";
ALTER VIEW "public_0000_baseline"."events" ALTER COLUMN "kind" SET DEFAULT 'start'::public.kind;
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."_pgtandem_kind", NEW."at", NEW."kind")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."kind"::text COLLATE "C" IS DISTINCT FROM OLD."kind"::text COLLATE "C" OR NEW."_pgtandem_kind" IS NULL THEN
            NEW."_pgtandem_kind" := CASE (NEW."kind")::text
            WHEN 'stop'::text THEN 'end'::text
            ELSE (NEW."kind")::text
        END;
        END IF;
    ELSE
        IF NEW."_pgtandem_kind" IS NULL THEN
            NEW."_pgtandem_kind" := CASE (NEW."kind")::text
            WHEN 'stop'::text THEN 'end'::text
            ELSE (NEW."kind")::text
        END;
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."_pgtandem_kind", NEW."at", NEW."kind")::text, 0)::text, true);
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
ALTER TABLE "public"."events" DROP COLUMN "kind";
ALTER TABLE "public"."events" RENAME COLUMN "_pgtandem_kind" TO "kind";
ALTER TABLE "public"."events" ALTER COLUMN "kind" SET NOT NULL;
ALTER TABLE "public"."events" DROP CONSTRAINT "_pgtandem_kind_not_null";
SELECT pgtandem.name_partition_indexes('"public"."_pgtandem_events_stopped"');
ALTER INDEX "public"."_pgtandem_events_stopped" RENAME TO "events_stopped";
CREATE VIEW "public_0000_baseline"."events" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "at" date, "kind" public.kind);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."events" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."events";
DROP VIEW IF EXISTS "public_0001_migration"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
DROP INDEX IF EXISTS "public"."_pgtandem_events_stopped";
SELECT pgtandem.drop_partition_indexes('"public"."events"', '_pgtandem_events_stopped');
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_kind_not_null";
ALTER TABLE IF EXISTS "public"."events" DROP COLUMN IF EXISTS "_pgtandem_kind";
-- 003-backfill: fill new columns of events
-- expand
UPDATE "public"."events" AS new SET
    "_pgtandem_kind" = CASE WHEN new."_pgtandem_kind" IS NULL THEN (CASE (new."kind")::text
            WHEN 'stop'::text THEN 'end'::text
            ELSE (new."kind")::text
        END)::"public"."_pgtandem_kind" ELSE new."_pgtandem_kind" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_kind" IS NULL);
-- 004-backfill: keep table events in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."_pgtandem_kind", NEW."at", NEW."kind")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."kind"::text COLLATE "C" IS DISTINCT FROM OLD."kind"::text COLLATE "C" THEN
            NEW."_pgtandem_kind" := CASE (NEW."kind")::text
            WHEN 'stop'::text THEN 'end'::text
            ELSE (NEW."kind")::text
        END;
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_kind"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_kind"::text COLLATE "C" THEN
            NEW."kind" := (
        CASE (NEW."_pgtandem_kind")::text
            WHEN 'end'::text THEN 'stop'::text
            ELSE (NEW."_pgtandem_kind")::text
        END)::public.kind;
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."_pgtandem_kind", NEW."at", NEW."kind")::text, 0)::text, true);
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_kind", "at", "kind" ON "public"."events" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_events"();
-- 005-index: create index _pgtandem_events_stopped partition by partition; lock: SHARE
-- expand
CREATE INDEX IF NOT EXISTS "_pgtandem_events_stopped" ON ONLY "public"."events" USING btree ("id") WHERE ("_pgtandem_kind" = 'end'::public._pgtandem_kind);
-- 006-index: create index _pgtandem_events_stopped partition by partition; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.next_partition_index('"public"."events"', '_pgtandem_events_stopped', 'CREATE INDEX', 'USING btree ("id") WHERE ("_pgtandem_kind" = ''end''::public._pgtandem_kind)');
-- 007-constraint: require a value in _pgtandem_kind; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "_pgtandem_kind_not_null" CHECK ("_pgtandem_kind" IS NOT NULL) NOT VALID;
-- 008-constraint: require a value in _pgtandem_kind; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "_pgtandem_kind_not_null";
-- 009-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."events";
CREATE VIEW "public_0001_migration"."events" WITH (security_invoker = true) AS
SELECT "id", "at", "_pgtandem_kind" AS "kind"
FROM "public"."events";
ALTER VIEW "public_0001_migration"."events" ALTER COLUMN "kind" SET DEFAULT 'start';
ALTER TYPE "public"."_pgtandem_kind" SET SCHEMA "public_0001_migration";
ALTER TYPE "public_0001_migration"."_pgtandem_kind" RENAME TO "kind";
-- complete
ALTER TYPE "public"."kind" SET SCHEMA "public_0000_baseline";
ALTER TYPE "public_0001_migration"."kind" SET SCHEMA "public";
-- rollback
DROP TYPE IF EXISTS "public_0001_migration"."kind";
DROP TYPE IF EXISTS "public"."_pgtandem_kind";
SELECT pgtandem.drop_schema('public_0001_migration');
