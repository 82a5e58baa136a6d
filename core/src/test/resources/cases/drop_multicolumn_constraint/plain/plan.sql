-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "_pgtandem_name" character varying(80);
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."_pgtandem_name" IS NULL THEN
            NEW."_pgtandem_name" := NEW."name";
        END IF;
    ELSE
        IF NEW."_pgtandem_name" IS NULL THEN
            NEW."_pgtandem_name" := NEW."name";
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
ALTER TABLE "public"."products" RENAME COLUMN "_pgtandem_name" TO "name";
ALTER TABLE "public"."products" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_name_not_null";
ALTER TABLE "public"."products" RENAME CONSTRAINT "_pgtandem_has_name" TO "has_name";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_has_name";
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_name_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "_pgtandem_name";
-- 002-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS new SET
    "_pgtandem_name" = CASE WHEN new."_pgtandem_name" IS NULL THEN (new."name")::character varying ELSE new."_pgtandem_name" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_name" IS NULL);
-- 003-backfill: keep table products in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" THEN
            NEW."_pgtandem_name" := NEW."name";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_name" IS DISTINCT FROM OLD."_pgtandem_name" OR NEW."id" IS DISTINCT FROM OLD."id" THEN
            NEW."name" := (((NEW."_pgtandem_name")::text || ' '::text) || NEW."id");
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_name", "id", "name" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- 004-constraint: require a value in _pgtandem_name; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_name_not_null" CHECK ("_pgtandem_name" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in _pgtandem_name; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_name_not_null";
-- 006-constraint: add check _pgtandem_has_name; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_has_name" CHECK ((("_pgtandem_name")::text <> ''::text)) NOT VALID;
-- 007-constraint: add check _pgtandem_has_name; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_has_name";
-- 008-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "price", "note", "_pgtandem_name" AS "name"
FROM "public"."products";
COMMENT ON COLUMN "public_0001_migration"."products"."price" IS 'in euros';
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
