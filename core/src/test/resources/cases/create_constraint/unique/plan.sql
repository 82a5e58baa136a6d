-- 001-index: create unique index name_and_price for constraint name_and_price; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."name_and_price";
CREATE UNIQUE INDEX CONCURRENTLY "name_and_price" ON "public"."products" USING btree ("name", "price");
-- complete
ALTER TABLE "public"."products" ADD CONSTRAINT "name_and_price" UNIQUE USING INDEX "name_and_price";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."name_and_price";
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
