-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "_pgtandem_town" text;
ALTER TABLE "public"."products" ADD COLUMN "_pgtandem_street" text;
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note", "town", "street"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."street" IS DISTINCT FROM OLD."street" OR NEW."town" IS DISTINCT FROM OLD."town" OR NEW."_pgtandem_town" IS NULL THEN
            NEW."_pgtandem_town" := CASE
            WHEN (NEW."street" = 'Markt'::text) THEN NEW."town"
            ELSE NULL::text
        END;
        END IF;
        IF TG_OP = 'INSERT' OR NEW."street" IS DISTINCT FROM OLD."street" OR NEW."_pgtandem_street" IS NULL THEN
            NEW."_pgtandem_street" := CASE
            WHEN (NEW."street" = 'Markt'::text) THEN NEW."street"
            ELSE NULL::text
        END;
        END IF;
    ELSE
        IF NEW."_pgtandem_town" IS NULL THEN
            NEW."_pgtandem_town" := CASE
            WHEN (NEW."street" = 'Markt'::text) THEN NEW."town"
            ELSE NULL::text
        END;
        END IF;
        IF NEW."_pgtandem_street" IS NULL THEN
            NEW."_pgtandem_street" := CASE
            WHEN (NEW."street" = 'Markt'::text) THEN NEW."street"
            ELSE NULL::text
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
ALTER TABLE "public"."products" DROP COLUMN "town";
ALTER TABLE "public"."products" DROP COLUMN "street";
ALTER TABLE "public"."products" RENAME COLUMN "_pgtandem_town" TO "town";
ALTER TABLE "public"."products" RENAME COLUMN "_pgtandem_street" TO "street";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text, "town" text, "street" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."products";
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "products_shop";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "_pgtandem_street";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "_pgtandem_town";
-- 002-backfill: fill new columns of products
-- expand
UPDATE "public"."products" AS new SET
    "_pgtandem_town" = CASE WHEN new."_pgtandem_town" IS NULL THEN (CASE
            WHEN (new."street" = 'Markt'::text) THEN new."town"
            ELSE NULL::text
        END)::text ELSE new."_pgtandem_town" END,
    "_pgtandem_street" = CASE WHEN new."_pgtandem_street" IS NULL THEN (CASE
            WHEN (new."street" = 'Markt'::text) THEN new."street"
            ELSE NULL::text
        END)::text ELSE new."_pgtandem_street" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_town" IS NULL OR new."_pgtandem_street" IS NULL);
-- 003-backfill: keep table products in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."street" IS DISTINCT FROM OLD."street" OR NEW."town" IS DISTINCT FROM OLD."town" THEN
            NEW."_pgtandem_town" := CASE
            WHEN (NEW."street" = 'Markt'::text) THEN NEW."town"
            ELSE NULL::text
        END;
        END IF;
        IF TG_OP = 'INSERT' OR NEW."street" IS DISTINCT FROM OLD."street" THEN
            NEW."_pgtandem_street" := CASE
            WHEN (NEW."street" = 'Markt'::text) THEN NEW."street"
            ELSE NULL::text
        END;
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_street" IS DISTINCT FROM OLD."_pgtandem_street" THEN
            NEW."street" := NEW."_pgtandem_street";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_town" IS DISTINCT FROM OLD."_pgtandem_town" THEN
            NEW."town" := NEW."_pgtandem_town";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_street", "_pgtandem_town", "street", "town" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- 004-constraint: add foreign key products_shop; lock: SHARE ROW EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "products_shop" FOREIGN KEY ("_pgtandem_town", "_pgtandem_street") REFERENCES "public"."shops" ("town", "street") MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL NOT VALID;
-- 005-constraint: add foreign key products_shop; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "products_shop";
-- 006-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note", "_pgtandem_town" AS "town", "_pgtandem_street" AS "street"
FROM "public"."products";
COMMENT ON COLUMN "public_0001_migration"."products"."price" IS 'in euros';
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
