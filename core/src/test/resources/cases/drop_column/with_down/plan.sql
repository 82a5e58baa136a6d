-- 001-storage: prepare table products; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        NULL;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."id" IS DISTINCT FROM OLD."id" THEN
            NEW."name" := ('product '::text || NEW."id");
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "id", "name" ON "public"."products" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products"();
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
ALTER TABLE "public"."products" DROP COLUMN "name";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products"();
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "price", "note"
FROM "public"."products";
COMMENT ON COLUMN "public_0001_migration"."products"."price" IS 'in euros';
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
