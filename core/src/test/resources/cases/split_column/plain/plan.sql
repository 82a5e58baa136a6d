-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "euros" int;
ALTER TABLE "public"."products" ADD COLUMN "cents" int;
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" OR NEW."euros" IS NULL THEN
            NEW."euros" := (split_part(NEW."price", '.'::text, 1))::integer;
        END IF;
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" OR NEW."cents" IS NULL THEN
            NEW."cents" := (split_part(NEW."price", '.'::text, 2))::integer;
        END IF;
    ELSE
        IF NEW."euros" IS NULL THEN
            NEW."euros" := (split_part(NEW."price", '.'::text, 1))::integer;
        END IF;
        IF NEW."cents" IS NULL THEN
            NEW."cents" := (split_part(NEW."price", '.'::text, 2))::integer;
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
ALTER TABLE "public"."products" ALTER COLUMN "euros" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_euros_not_null";
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
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "cents";
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_euros_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "euros";
-- 002-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS new SET
    "euros" = CASE WHEN new."euros" IS NULL THEN ((split_part(new."price", '.'::text, 1))::integer)::integer ELSE new."euros" END,
    "cents" = CASE WHEN new."cents" IS NULL THEN ((split_part(new."price", '.'::text, 2))::integer)::integer ELSE new."cents" END
WHERE new.ctid >= … AND new.ctid < … AND (new."euros" IS NULL OR new."cents" IS NULL);
-- 003-backfill: keep table products in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" THEN
            NEW."euros" := (split_part(NEW."price", '.'::text, 1))::integer;
        END IF;
        IF TG_OP = 'INSERT' OR NEW."price" IS DISTINCT FROM OLD."price" THEN
            NEW."cents" := (split_part(NEW."price", '.'::text, 2))::integer;
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."euros" IS DISTINCT FROM OLD."euros" OR NEW."cents" IS DISTINCT FROM OLD."cents" THEN
            NEW."price" := ((NEW."euros" || '.'::text) || lpad((NEW."cents")::text, 2, '0'::text));
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "cents", "euros", "price" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- 004-constraint: require a value in euros; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_euros_not_null" CHECK ("euros" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in euros; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_euros_not_null";
-- 006-constraint: require a value in cents; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_cents_not_null" CHECK ("cents" IS NOT NULL) NOT VALID;
-- 007-constraint: require a value in cents; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_cents_not_null";
-- 008-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "note", "euros", "cents"
FROM "public"."products";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
