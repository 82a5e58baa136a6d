-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "title" text;
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."note" IS DISTINCT FROM OLD."note" OR NEW."title" IS NULL THEN
            NEW."title" := ((NEW."name")::text || COALESCE((', '::text || NEW."note"), ''::text));
        END IF;
    ELSE
        IF NEW."title" IS NULL THEN
            NEW."title" := ((NEW."name")::text || COALESCE((', '::text || NEW."note"), ''::text));
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE "public"."products" DROP COLUMN "name";
ALTER TABLE "public"."products" DROP COLUMN "note";
ALTER TABLE "public"."products" ALTER COLUMN "title" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_title_not_null";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_title_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "title";
-- 002-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS new SET
    "title" = CASE WHEN new."title" IS NULL THEN (((new."name")::text || COALESCE((', '::text || new."note"), ''::text)))::text ELSE new."title" END
WHERE new.ctid >= … AND new.ctid < … AND (new."title" IS NULL);
-- 003-backfill: keep table products in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."note" IS DISTINCT FROM OLD."note" THEN
            NEW."title" := ((NEW."name")::text || COALESCE((', '::text || NEW."note"), ''::text));
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."title" IS DISTINCT FROM OLD."title" THEN
            NEW."note" := NULLIF(split_part(NEW."title", ', '::text, 2), ''::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."title" IS DISTINCT FROM OLD."title" THEN
            NEW."name" := split_part(NEW."title", ', '::text, 1);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "name", "note", "title" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- 004-constraint: require a value in title; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_title_not_null" CHECK ("title" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in title; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_title_not_null";
-- 006-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "price", "title"
FROM "public"."products";
COMMENT ON COLUMN "public_0001_migration"."products"."price" IS 'in euros';
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
