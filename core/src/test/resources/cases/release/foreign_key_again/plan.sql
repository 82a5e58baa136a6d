-- 001-index: create unique index customers_pkey for primary key customers_pkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."customers_pkey";
CREATE UNIQUE INDEX CONCURRENTLY "customers_pkey" ON "public"."customers" USING btree ("id");
-- complete
LOCK TABLE "public"."orders" IN ACCESS EXCLUSIVE MODE;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_customer";
ALTER TABLE "public"."customers" DROP CONSTRAINT IF EXISTS "customers_key";
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_pkey" PRIMARY KEY USING INDEX "customers_pkey";
ALTER TABLE "public"."customers" ADD CONSTRAINT "customers_number" UNIQUE USING INDEX "customers_number";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_customer" FOREIGN KEY ("customer_id") REFERENCES "public"."customers" ("id") ON DELETE CASCADE NOT VALID;
CREATE VIEW "public_0000_baseline"."customers" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "number" text, "name" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."customers" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."customers_number";
DROP INDEX CONCURRENTLY IF EXISTS "public"."customers_pkey";
-- 002-index: create unique index customers_number for constraint customers_number; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."customers_number";
CREATE UNIQUE INDEX CONCURRENTLY "customers_number" ON "public"."customers" USING btree ("number");
-- 003-constraint: add foreign key notes_number; lock: SHARE ROW EXCLUSIVE
-- expand
ALTER TABLE "public"."notes" ADD CONSTRAINT "notes_number" FOREIGN KEY ("number") REFERENCES "public"."customers" ("number") ON DELETE CASCADE NOT VALID;
-- complete
ALTER TABLE IF EXISTS "public"."notes" DROP CONSTRAINT IF EXISTS "notes_customer";
ALTER TABLE "public"."notes" DROP CONSTRAINT IF EXISTS "notes_customer";
CREATE VIEW "public_0000_baseline"."notes" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "customer_id" integer, "number" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."notes" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."notes" DROP CONSTRAINT IF EXISTS "notes_number";
-- 004-constraint: add foreign key notes_number; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."notes" VALIDATE CONSTRAINT "notes_number";
-- 005-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- complete
CREATE VIEW "public_0000_baseline"."orders" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "customer_id" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."orders" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_customer";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
