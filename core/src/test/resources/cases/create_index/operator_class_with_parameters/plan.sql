-- 001-index: create index products_words; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."products_words";
CREATE INDEX CONCURRENTLY "products_words" ON "public"."products" USING gist (to_tsvector('english'::regconfig, ("name")::text) tsvector_ops (siglen='200'));
-- complete
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."products_older_form";
DROP INDEX CONCURRENTLY IF EXISTS "public"."products_words";
-- 002-index: create index products_older_form; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."products_older_form";
CREATE INDEX CONCURRENTLY "products_older_form" ON "public"."products" USING btree ("name" NULLS FIRST, "note");
-- 003-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
