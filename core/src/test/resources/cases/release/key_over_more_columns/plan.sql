-- 001-index: create unique index customers_id_key for constraint customers_id_key; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."customers_id_key";
CREATE UNIQUE INDEX CONCURRENTLY "customers_id_key" ON "public"."customers" USING btree ("id");
-- complete
LOCK TABLE "public"."notes" IN ACCESS EXCLUSIVE MODE;
ALTER TABLE "public"."notes" DROP CONSTRAINT "notes_customer";
LOCK TABLE "public"."orders" IN ACCESS EXCLUSIVE MODE;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_customer";
LOCK TABLE "public"."customers" IN ACCESS EXCLUSIVE MODE;
ALTER TABLE "public"."customers" DROP CONSTRAINT "customers_parent";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "customers_pkey";
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_id_key" UNIQUE USING INDEX "customers_id_key";
ALTER TABLE "public"."customers" ALTER COLUMN "tenant" SET NOT NULL;
ALTER TABLE "public"."customers" DROP CONSTRAINT "_pgtandem_tenant_not_null";
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgtandem_customers_pkey" PRIMARY KEY USING INDEX "_pgtandem_customers_pkey";
ALTER TABLE "public"."notes" ADD CONSTRAINT "notes_customer" FOREIGN KEY ("customer_id") REFERENCES "public"."customers" ("id") NOT VALID;
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_customer" FOREIGN KEY ("customer_id") REFERENCES "public"."customers" ("id") ON UPDATE CASCADE ON DELETE CASCADE NOT VALID;
COMMENT ON CONSTRAINT "orders_customer" ON "public"."orders" IS 'who pays';
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_parent" FOREIGN KEY ("parent_id") REFERENCES "public"."customers" ("id") ON DELETE SET NULL NOT VALID;
ALTER TABLE "public"."customers" RENAME CONSTRAINT "_pgtandem_customers_pkey" TO "customers_pkey";
CREATE VIEW "public_0000_baseline"."customers" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("tenant" integer, "id" integer, "parent_id" integer, "name" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."customers" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "customers_parent";
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_customers_pkey";
DROP INDEX CONCURRENTLY IF EXISTS "public"."customers_id_key";
ALTER TABLE IF EXISTS "public"."customers" DROP CONSTRAINT IF EXISTS "_pgtandem_tenant_not_null";
-- 002-index: create unique index _pgtandem_customers_pkey for primary key customers_pkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_customers_pkey";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_customers_pkey" ON "public"."customers" USING btree ("tenant", "id");
-- 003-constraint: require a value in tenant; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."customers" ADD CONSTRAINT "_pgtandem_tenant_not_null" CHECK ("tenant" IS NOT NULL) NOT VALID;
-- 004-constraint: require a value in tenant; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."customers" VALIDATE CONSTRAINT "_pgtandem_tenant_not_null";
-- 005-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- complete
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_customer";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
