-- 001-storage: prepare table products; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD COLUMN "stock" int NOT NULL DEFAULT 0;
CREATE VIEW "public_0000_baseline"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note"
FROM "public"."products";
COMMENT ON COLUMN "public_0000_baseline"."products"."price" IS 'in euros';
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."products";
ALTER TABLE "public"."products" ALTER COLUMN "stock" SET NOT NULL;
ALTER TABLE "public"."products" DROP CONSTRAINT "_pgtandem_stock_not_null";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."products";
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "_pgtandem_stock_not_null";
ALTER TABLE IF EXISTS "public"."products" DROP COLUMN IF EXISTS "stock";
-- 002-constraint: require a value in stock; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_stock_not_null" CHECK ("stock" IS NOT NULL) NOT VALID;
-- 003-constraint: require a value in stock; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products" VALIDATE CONSTRAINT "_pgtandem_stock_not_null";
-- 004-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
