-- 001-storage: prepare table events; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD COLUMN "_pgtandem_name" varchar(40);
CREATE VIEW "public_0000_baseline"."events" WITH (security_invoker = true) AS
SELECT "id", "at", "name", "note"
FROM "public"."events";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."_pgtandem_name", NEW."at", NEW."id", NEW."name")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."_pgtandem_name" IS NULL THEN
            NEW."_pgtandem_name" := (NEW."name" || '!'::text);
        END IF;
    ELSE
        IF NEW."_pgtandem_name" IS NULL THEN
            NEW."_pgtandem_name" := (NEW."name" || '!'::text);
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at" OR NEW."id" IS DISTINCT FROM OLD."id") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."_pgtandem_name", NEW."at", NEW."id", NEW."name")::text, 0)::text, true);
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
ALTER TABLE "public"."events" DROP COLUMN "name";
ALTER TABLE "public"."events" RENAME COLUMN "_pgtandem_name" TO "name";
ALTER TABLE "public"."events" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "public"."events" DROP CONSTRAINT "_pgtandem_name_not_null";
SELECT pgtandem.name_partition_indexes('"public"."_pgtandem_by_name"');
ALTER TABLE "public"."events" RENAME CONSTRAINT "_pgtandem_named" TO "named";
ALTER INDEX "public"."_pgtandem_by_name" RENAME TO "by_name";
CREATE VIEW "public_0000_baseline"."events" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "at" date, "name" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."events" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."events";
DROP VIEW IF EXISTS "public_0001_migration"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
DROP INDEX IF EXISTS "public"."_pgtandem_by_name";
SELECT pgtandem.drop_partition_indexes('"public"."events"', '_pgtandem_by_name');
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_named";
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_name_not_null";
ALTER TABLE IF EXISTS "public"."events" DROP COLUMN IF EXISTS "_pgtandem_name";
-- 002-backfill: fill new columns of events
-- expand
UPDATE "public"."events" AS new SET
    "_pgtandem_name" = CASE WHEN new."_pgtandem_name" IS NULL THEN ((new."name" || '!'::text))::character varying ELSE new."_pgtandem_name" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_name" IS NULL);
-- 003-backfill: keep table events in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."_pgtandem_name", NEW."at", NEW."id", NEW."name")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" THEN
            NEW."_pgtandem_name" := (NEW."name" || '!'::text);
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_name" IS DISTINCT FROM OLD."_pgtandem_name" THEN
            NEW."name" := rtrim((NEW."_pgtandem_name")::text, '!'::text);
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at" OR NEW."id" IS DISTINCT FROM OLD."id") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."_pgtandem_name", NEW."at", NEW."id", NEW."name")::text, 0)::text, true);
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_name", "at", "id", "name" ON "public"."events" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_events"();
-- 004-index: create index _pgtandem_by_name partition by partition; lock: SHARE
-- expand
CREATE INDEX IF NOT EXISTS "_pgtandem_by_name" ON ONLY "public"."events" USING btree ("_pgtandem_name" DESC, lower("note")) INCLUDE ("id") WHERE (("_pgtandem_name")::text <> ''::text);
-- 005-index: create index _pgtandem_by_name partition by partition; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.next_partition_index('"public"."events"', '_pgtandem_by_name', 'CREATE INDEX', 'USING btree ("_pgtandem_name" DESC, lower("note")) INCLUDE ("id") WHERE (("_pgtandem_name")::text <> ''''::text)');
-- 006-constraint: require a value in _pgtandem_name; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "_pgtandem_name_not_null" CHECK ("_pgtandem_name" IS NOT NULL) NOT VALID;
-- 007-constraint: require a value in _pgtandem_name; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "_pgtandem_name_not_null";
-- 008-constraint: add check _pgtandem_named; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "_pgtandem_named" CHECK ((length(("_pgtandem_name")::text) > 0)) NOT VALID;
-- 009-constraint: add check _pgtandem_named; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "_pgtandem_named";
-- 010-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."events";
CREATE VIEW "public_0001_migration"."events" WITH (security_invoker = true) AS
SELECT "id", "at", "note", "_pgtandem_name" AS "name"
FROM "public"."events";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
