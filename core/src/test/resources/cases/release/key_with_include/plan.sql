-- 001-index: create unique index _pgtandem_products_pkey for primary key products_pkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_products_pkey";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_products_pkey" ON "public"."products" USING btree ("number", "shop") INCLUDE ("name");
-- complete
LOCK TABLE "public"."prices" IN ACCESS EXCLUSIVE MODE;
ALTER TABLE "public"."prices" DROP CONSTRAINT "prices_product";
ALTER TABLE "public"."products" DROP CONSTRAINT IF EXISTS "products_pkey";
ALTER TABLE "public"."products" ADD CONSTRAINT "_pgtandem_products_pkey" PRIMARY KEY USING INDEX "_pgtandem_products_pkey";
ALTER TABLE "public"."prices" ADD CONSTRAINT "prices_product" FOREIGN KEY ("shop", "number") REFERENCES "public"."products" ("shop", "number") MATCH FULL DEFERRABLE NOT VALID;
ALTER TABLE "public"."products" RENAME CONSTRAINT "_pgtandem_products_pkey" TO "products_pkey";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("shop" integer, "number" integer, "name" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_products_pkey";
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- complete
ALTER TABLE "public"."prices" VALIDATE CONSTRAINT "prices_product";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
