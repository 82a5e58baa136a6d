-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "_pgtandem_price" text;
ALTER TABLE "public"."products" ALTER COLUMN "_pgtandem_price" SET DEFAULT '0.00 EUR';
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note", "currency"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
ALTER VIEW "public_0000_baseline"."products" ALTER COLUMN "currency" SET DEFAULT 'EUR'::text;
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" OR NEW."currency" IS DISTINCT FROM OLD."currency" OR NEW."_pgtandem_price" IS NULL THEN
            NEW."_pgtandem_price" := ((NEW."price" || ' '::text) || NEW."currency");
        END IF;
    ELSE
        IF NEW."_pgtandem_price" IS NULL THEN
            NEW."_pgtandem_price" := ((NEW."price" || ' '::text) || NEW."currency");
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
ALTER TABLE "public"."products" DROP COLUMN "currency";
ALTER TABLE "public"."products" RENAME COLUMN "_pgtandem_price" TO "price";
ALTER TABLE "public"."products" ALTER COLUMN "price" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_price_not_null";
ALTER TABLE "public"."products" ADD CONSTRAINT "products_price_key" UNIQUE USING INDEX "products_price_key";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text, "currency" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."products_price_key";
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_price_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "_pgtandem_price";
-- 002-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS new SET
    "_pgtandem_price" = CASE WHEN new."_pgtandem_price" IS NULL THEN (((new."price" || ' '::text) || new."currency"))::text ELSE new."_pgtandem_price" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_price" IS NULL);
-- 003-backfill: keep table products in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" OR NEW."currency" IS DISTINCT FROM OLD."currency" THEN
            NEW."_pgtandem_price" := ((NEW."price" || ' '::text) || NEW."currency");
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price" IS DISTINCT FROM OLD."_pgtandem_price" THEN
            NEW."currency" := split_part(NEW."_pgtandem_price", ' '::text, 2);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price" IS DISTINCT FROM OLD."_pgtandem_price" THEN
            NEW."price" := split_part(NEW."_pgtandem_price", ' '::text, 1);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_price", "currency", "price" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- 004-index: create unique index products_price_key for constraint products_price_key; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."products_price_key";
CREATE UNIQUE INDEX CONCURRENTLY "products_price_key" ON "public"."products" USING btree ("_pgtandem_price");
-- 005-constraint: require a value in _pgtandem_price; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_price_not_null" CHECK ("_pgtandem_price" IS NOT NULL) NOT VALID;
-- 006-constraint: require a value in _pgtandem_price; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_price_not_null";
-- 007-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "note", "_pgtandem_price" AS "price"
FROM "public"."products";
ALTER VIEW "public_0001_migration"."products" ALTER COLUMN "price" SET DEFAULT '0.00 EUR';
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
