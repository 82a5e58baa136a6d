-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "_pgtandem_price" numeric;
COMMENT ON COLUMN "public"."products"."_pgtandem_price" IS 'in euros';
ALTER TABLE "public"."products" ADD COLUMN "_pgtandem_cents" int;
COMMENT ON COLUMN "public"."products"."_pgtandem_cents" IS 'in euros';
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" OR NEW."_pgtandem_price" IS NULL THEN
            NEW."_pgtandem_price" := (NEW."price")::numeric;
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_price"::text COLLATE "C" OR NEW."_pgtandem_cents" IS NULL THEN
            NEW."_pgtandem_cents" := ((NEW."_pgtandem_price" * (100)::numeric))::integer;
        END IF;
    ELSE
        IF NEW."_pgtandem_price" IS NULL THEN
            NEW."_pgtandem_price" := (NEW."price")::numeric;
        END IF;
        IF NEW."_pgtandem_cents" IS NULL THEN
            NEW."_pgtandem_cents" := ((NEW."_pgtandem_price" * (100)::numeric))::integer;
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
ALTER TABLE "public"."products" DROP COLUMN "_pgtandem_price";
ALTER TABLE "public"."products" RENAME COLUMN "_pgtandem_cents" TO "cents";
ALTER TABLE "public"."products" ALTER COLUMN "cents" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_cents_not_null";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_cents_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "_pgtandem_cents";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "_pgtandem_price";
-- 002-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS stored SET "_pgtandem_price" = new."_pgtandem_price", "_pgtandem_cents" = new."_pgtandem_cents"
FROM (SELECT new._pgtandem_row,
    CASE WHEN new."_pgtandem_cents" IS NULL THEN (((new."_pgtandem_price" * (100)::numeric))::integer)::integer ELSE new."_pgtandem_cents" END AS "_pgtandem_cents",
    new."_pgtandem_price" AS "_pgtandem_price",
    new."price" AS "price"
FROM (SELECT new._pgtandem_row,
    new."_pgtandem_cents" AS "_pgtandem_cents",
    CASE WHEN new."_pgtandem_price" IS NULL THEN ((new."price")::numeric)::numeric ELSE new."_pgtandem_price" END AS "_pgtandem_price",
    new."price" AS "price"
FROM (SELECT new.ctid AS _pgtandem_row, new."_pgtandem_cents", new."_pgtandem_price", new."price"
FROM "public"."products" AS new
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_price" IS NULL OR new."_pgtandem_cents" IS NULL)) AS new) AS new) AS new
WHERE stored.ctid = new._pgtandem_row;
-- 003-backfill: keep table products in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" THEN
            NEW."_pgtandem_price" := (NEW."price")::numeric;
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_price"::text COLLATE "C" THEN
            NEW."_pgtandem_cents" := ((NEW."_pgtandem_price" * (100)::numeric))::integer;
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_cents" IS DISTINCT FROM OLD."_pgtandem_cents" THEN
            NEW."_pgtandem_price" := ((NEW."_pgtandem_cents")::numeric / 100.0);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_price"::text COLLATE "C" THEN
            NEW."price" := (NEW."_pgtandem_price")::text;
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_cents", "_pgtandem_price", "price" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- 004-constraint: require a value in _pgtandem_cents; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_cents_not_null" CHECK ("_pgtandem_cents" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in _pgtandem_cents; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_cents_not_null";
-- 006-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "note", "_pgtandem_cents" AS "cents"
FROM "public"."products";
COMMENT ON COLUMN "public_0001_migration"."products"."cents" IS 'in euros';
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
