-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "_pgtandem_price" numeric(12, 2);
COMMENT ON COLUMN "public"."products"."_pgtandem_price" IS 'in euros';
LOCK TABLE "public"."products" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."products" ADD COLUMN "label" text GENERATED ALWAYS AS ((("name")::text || COALESCE(((' ('::text || "note") || ')'::text), ''::text))) STORED;
SELECT set_config('statement_timeout', '0', true);
LOCK TABLE "public"."products" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."products" ADD COLUMN "gross" numeric(14, 4) GENERATED ALWAYS AS (("_pgtandem_price" * 1.19)) STORED;
SELECT set_config('statement_timeout', '0', true);
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" OR NEW."_pgtandem_price" IS NULL THEN
            NEW."_pgtandem_price" := (NEW."price")::numeric(12,2);
        END IF;
    ELSE
        IF NEW."_pgtandem_price" IS NULL THEN
            NEW."_pgtandem_price" := (NEW."price")::numeric(12,2);
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
ALTER TABLE "public"."products" DROP COLUMN "price";
ALTER TABLE "public"."products" RENAME COLUMN "_pgtandem_price" TO "price";
ALTER TABLE "public"."products" ALTER COLUMN "price" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_price_not_null";
ALTER TABLE "public"."products" ALTER COLUMN "label" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_label_not_null";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "gross";
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_label_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "label";
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_price_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "_pgtandem_price";
-- 002-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS new SET
    "_pgtandem_price" = CASE WHEN new."_pgtandem_price" IS NULL THEN ((new."price")::numeric(12,2))::numeric ELSE new."_pgtandem_price" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_price" IS NULL);
-- 003-backfill: keep table products in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" THEN
            NEW."_pgtandem_price" := (NEW."price")::numeric(12,2);
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_price"::text COLLATE "C" THEN
            NEW."price" := (NEW."_pgtandem_price")::text;
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_price", "price" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- 004-constraint: require a value in _pgtandem_price; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_price_not_null" CHECK ("_pgtandem_price" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in _pgtandem_price; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_price_not_null";
-- 006-constraint: require a value in label; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_label_not_null" CHECK ("label" IS NOT NULL) NOT VALID;
-- 007-constraint: require a value in label; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_label_not_null";
-- 008-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "note", "_pgtandem_price" AS "price", "label", "gross"
FROM "public"."products";
COMMENT ON COLUMN "public_0001_migration"."products"."price" IS 'in euros';
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
