-- 001-index: create unique index one_name for constraint one_name; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."one_name";
CREATE UNIQUE INDEX CONCURRENTLY "one_name" ON "public"."products" USING btree ("name", "id") INCLUDE ("price") NULLS NOT DISTINCT WITH (fillfactor='80');
-- complete
ALTER TABLE "public"."products" ADD CONSTRAINT "one_name" UNIQUE USING INDEX "one_name";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."one_name";
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
