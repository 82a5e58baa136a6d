-- 001-storage: prepare table events; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD COLUMN "_pgtandem_source" text;
CREATE VIEW "public_0000_baseline"."events" WITH (security_invoker = true) AS
SELECT "source", "number", "note"
FROM "public"."events";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."source" IS DISTINCT FROM OLD."source" OR NEW."_pgtandem_source" IS NULL THEN
            NEW."_pgtandem_source" := COALESCE(NEW."source", 'unknown'::text);
        END IF;
    ELSE
        IF NEW."_pgtandem_source" IS NULL THEN
            NEW."_pgtandem_source" := COALESCE(NEW."source", 'unknown'::text);
        END IF;
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
ALTER TABLE "public"."events" DROP COLUMN "source";
ALTER TABLE "public"."events" RENAME COLUMN "_pgtandem_source" TO "source";
ALTER TABLE "public"."events" ALTER COLUMN "source" SET NOT NULL;
ALTER TABLE "public"."events" DROP CONSTRAINT "_pgtandem_source_not_null";
ALTER TABLE "public"."events" ALTER COLUMN "number" SET NOT NULL;
ALTER TABLE "public"."events" DROP CONSTRAINT "_pgtandem_number_not_null";
ALTER TABLE "public"."events" ADD CONSTRAINT "events_pkey" PRIMARY KEY USING INDEX "events_pkey";
CREATE VIEW "public_0000_baseline"."events" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("source" text, "number" integer, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."events" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."events_pkey";
DROP VIEW IF EXISTS "public_0000_baseline"."events";
DROP VIEW IF EXISTS "public_0001_migration"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_number_not_null";
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_source_not_null";
ALTER TABLE IF EXISTS "public"."events" DROP COLUMN IF EXISTS "_pgtandem_source";
-- 002-backfill: fill new columns of events
-- expand
UPDATE "public"."events" AS new SET
    "_pgtandem_source" = CASE WHEN new."_pgtandem_source" IS NULL THEN (COALESCE(new."source", 'unknown'::text))::text ELSE new."_pgtandem_source" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_source" IS NULL);
-- 003-backfill: keep table events in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."source" IS DISTINCT FROM OLD."source" THEN
            NEW."_pgtandem_source" := COALESCE(NEW."source", 'unknown'::text);
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_source" IS DISTINCT FROM OLD."_pgtandem_source" THEN
            NEW."source" := NULLIF(NEW."_pgtandem_source", 'unknown'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_source", "source" ON "public"."events" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_events"();
-- 004-index: create unique index events_pkey for primary key events_pkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."events_pkey";
CREATE UNIQUE INDEX CONCURRENTLY "events_pkey" ON "public"."events" USING btree ("_pgtandem_source", "number");
-- 005-constraint: require a value in _pgtandem_source; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "_pgtandem_source_not_null" CHECK ("_pgtandem_source" IS NOT NULL) NOT VALID;
-- 006-constraint: require a value in _pgtandem_source; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "_pgtandem_source_not_null";
-- 007-constraint: require a value in number; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "_pgtandem_number_not_null" CHECK ("number" IS NOT NULL) NOT VALID;
-- 008-constraint: require a value in number; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "_pgtandem_number_not_null";
-- 009-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."events";
CREATE VIEW "public_0001_migration"."events" WITH (security_invoker = true) AS
SELECT "number", "note", "_pgtandem_source" AS "source"
FROM "public"."events";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
