-- 001-storage: make enum types
-- expand
CREATE TYPE "public"."_pgtandem_product_state" AS ENUM ('draft', 'active', 'paused', 'sold_out');
-- 002-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "_pgtandem_state" "public"."_pgtandem_product_state";
ALTER TABLE "public"."products" ALTER COLUMN "_pgtandem_state" SET DEFAULT 'draft';
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note", "state"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
ALTER VIEW "public_0000_baseline"."products" ALTER COLUMN "state" SET DEFAULT 'draft'::public.product_state;
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."state"::text COLLATE "C" IS DISTINCT FROM OLD."state"::text COLLATE "C" OR NEW."_pgtandem_state" IS NULL THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'in_progress'::text THEN 'active'::text
            ELSE (NEW."state")::text
        END;
        END IF;
    ELSE
        IF NEW."_pgtandem_state" IS NULL THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'in_progress'::text THEN 'active'::text
            ELSE (NEW."state")::text
        END;
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
ALTER TABLE "public"."products" DROP COLUMN "state";
ALTER TABLE "public"."products" RENAME COLUMN "_pgtandem_state" TO "state";
ALTER TABLE "public"."products" ALTER COLUMN "state" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_state_not_null";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text, "state" public.product_state);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_state_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "_pgtandem_state";
-- 003-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS new SET
    "_pgtandem_state" = CASE WHEN new."_pgtandem_state" IS NULL THEN (CASE (new."state")::text
            WHEN 'in_progress'::text THEN 'active'::text
            ELSE (new."state")::text
        END)::"public"."_pgtandem_product_state" ELSE new."_pgtandem_state" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_state" IS NULL);
-- 004-backfill: keep table products in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."state"::text COLLATE "C" IS DISTINCT FROM OLD."state"::text COLLATE "C" THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'in_progress'::text THEN 'active'::text
            ELSE (NEW."state")::text
        END;
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_state"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_state"::text COLLATE "C" THEN
            NEW."state" := (
        CASE (NEW."_pgtandem_state")::text
            WHEN 'active'::text THEN 'in_progress'::text
            WHEN 'paused'::text THEN 'in_progress'::text
            ELSE (NEW."_pgtandem_state")::text
        END)::public.product_state;
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_state", "state" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- 005-constraint: require a value in _pgtandem_state; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_state_not_null" CHECK ("_pgtandem_state" IS NOT NULL) NOT VALID;
-- 006-constraint: require a value in _pgtandem_state; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_state_not_null";
-- 007-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note", "_pgtandem_state" AS "state"
FROM "public"."products";
COMMENT ON COLUMN "public_0001_migration"."products"."price" IS 'in euros';
ALTER VIEW "public_0001_migration"."products" ALTER COLUMN "state" SET DEFAULT 'draft';
ALTER TYPE "public"."_pgtandem_product_state" SET SCHEMA "public_0001_migration";
ALTER TYPE "public_0001_migration"."_pgtandem_product_state" RENAME TO "product_state";
-- complete
ALTER TYPE "public"."product_state" SET SCHEMA "public_0000_baseline";
ALTER TYPE "public_0001_migration"."product_state" SET SCHEMA "public";
-- rollback
DROP TYPE IF EXISTS "public_0001_migration"."product_state";
DROP TYPE IF EXISTS "public"."_pgtandem_product_state";
SELECT pgtandem.drop_schema('public_0001_migration');
