-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
CREATE SEQUENCE "public"."products_number_seq" AS integer;
ALTER TABLE "public"."products" ADD COLUMN "number" integer;
ALTER TABLE "public"."products" ALTER COLUMN "number" SET DEFAULT nextval('"public"."products_number_seq"'::regclass);
SELECT pgtandem.own_sequence('"public"."products_number_seq"', '"public"."products"', 'number');
COMMENT ON COLUMN "public"."products"."number" IS 'on the label';
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF NEW."number" IS NULL THEN
            NEW."number" := nextval('public.products_number_seq'::regclass);
        END IF;
    ELSE
        IF NEW."number" IS NULL THEN
            NEW."number" := nextval('public.products_number_seq'::regclass);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."products";
ALTER TABLE "public"."products" ALTER COLUMN "number" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_number_not_null";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_number_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "number";
-- 002-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS new SET
    "number" = CASE WHEN new."number" IS NULL THEN (nextval('public.products_number_seq'::regclass))::integer ELSE new."number" END
WHERE new.ctid >= … AND new.ctid < … AND (new."number" IS NULL);
-- 003-backfill: keep table products in step; lock: ACCESS EXCLUSIVE
-- expand
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
-- 004-constraint: require a value in number; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_number_not_null" CHECK ("number" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in number; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_number_not_null";
-- 006-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
