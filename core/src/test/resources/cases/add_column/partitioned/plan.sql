-- 001-storage: prepare table events; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD COLUMN "title" text;
CREATE VIEW "public_0000_baseline"."events" WITH (security_invoker = true) AS
SELECT "id", "at", "name", "note"
FROM "public"."events";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."at", NEW."id", NEW."name", NEW."title")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."title" IS NULL THEN
            NEW."title" := upper(NEW."name");
        END IF;
    ELSE
        IF NEW."title" IS NULL THEN
            NEW."title" := upper(NEW."name");
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at" OR NEW."id" IS DISTINCT FROM OLD."id") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."at", NEW."id", NEW."name", NEW."title")::text, 0)::text, true);
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."events" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_events"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
ALTER TABLE "public"."events" ALTER COLUMN "title" SET NOT NULL;
ALTER TABLE "public"."events" DROP CONSTRAINT "_pgtandem_title_not_null";
CREATE VIEW "public_0000_baseline"."events" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "at" date, "name" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."events" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "titled";
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "_pgtandem_title_not_null";
ALTER TABLE IF EXISTS "public"."events" DROP COLUMN IF EXISTS "title";
-- 002-backfill: fill new columns of events
-- expand
UPDATE "public"."events" AS new SET
    "title" = CASE WHEN new."title" IS NULL THEN (upper(new."name"))::text ELSE new."title" END
WHERE new.ctid >= … AND new.ctid < … AND (new."title" IS NULL);
-- 003-backfill: keep table events in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."at", NEW."id", NEW."name", NEW."title")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" THEN
            NEW."title" := upper(NEW."name");
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at" OR NEW."id" IS DISTINCT FROM OLD."id") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."at", NEW."id", NEW."name", NEW."title")::text, 0)::text, true);
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "at", "id", "name", "title" ON "public"."events" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_events"();
-- 004-constraint: require a value in title; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "_pgtandem_title_not_null" CHECK ("title" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in title; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "_pgtandem_title_not_null";
-- 006-constraint: add check titled; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "titled" CHECK (("title" <> ''::text)) NOT VALID;
-- 007-constraint: add check titled; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "titled";
-- 008-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
