-- 001-storage: prepare table visits; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."visits" ADD COLUMN "_pgtandem_page" varchar(40);
CREATE VIEW "public_0000_baseline"."visits" WITH (security_invoker = true) AS
SELECT "page", "at"
FROM "public"."visits";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_visits"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."page" IS DISTINCT FROM OLD."page" OR NEW."_pgtandem_page" IS NULL THEN
            NEW."_pgtandem_page" := ('/'::text || NEW."page");
        END IF;
    ELSE
        IF NEW."_pgtandem_page" IS NULL THEN
            NEW."_pgtandem_page" := ('/'::text || NEW."page");
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."visits" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_visits"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."visits";
DROP VIEW IF EXISTS "public_0001_migration"."visits";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."visits";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_visits"();
ALTER TABLE "public"."visits" DROP COLUMN "page";
ALTER TABLE "public"."visits" RENAME COLUMN "_pgtandem_page" TO "page";
ALTER TABLE "public"."visits" ALTER COLUMN "page" SET NOT NULL;
ALTER TABLE "public"."visits" DROP CONSTRAINT "_pgtandem_page_not_null";
CREATE VIEW "public_0000_baseline"."visits" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("page" text, "at" timestamp with time zone);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."visits" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."visits";
DROP VIEW IF EXISTS "public_0001_migration"."visits";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."visits";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_visits"();
ALTER TABLE IF EXISTS "public"."visits" DROP CONSTRAINT IF EXISTS "_pgtandem_page_not_null";
ALTER TABLE IF EXISTS "public"."visits" DROP COLUMN IF EXISTS "_pgtandem_page";
-- 002-backfill: fill new columns of visits
-- expand
UPDATE "public"."visits" AS new SET
    "_pgtandem_page" = CASE WHEN new."_pgtandem_page" IS NULL THEN (('/'::text || new."page"))::character varying ELSE new."_pgtandem_page" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_page" IS NULL);
-- 003-backfill: keep table visits in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_visits"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."page" IS DISTINCT FROM OLD."page" THEN
            NEW."_pgtandem_page" := ('/'::text || NEW."page");
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_page" IS DISTINCT FROM OLD."_pgtandem_page" THEN
            NEW."page" := ltrim((NEW."_pgtandem_page")::text, '/'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_page", "page" ON "public"."visits" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_visits"();
-- 004-constraint: require a value in _pgtandem_page; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."visits" ADD CONSTRAINT "_pgtandem_page_not_null" CHECK ("_pgtandem_page" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in _pgtandem_page; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."visits" VALIDATE CONSTRAINT "_pgtandem_page_not_null";
-- 006-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."visits";
CREATE VIEW "public_0001_migration"."visits" WITH (security_invoker = true) AS
SELECT "at", "_pgtandem_page" AS "page"
FROM "public"."visits";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
