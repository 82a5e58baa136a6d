-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- complete
ALTER TABLE "public"."products" RENAME CONSTRAINT "one_name" TO "products_name_key";
ALTER TABLE "public"."products" RENAME CONSTRAINT "products_parent" TO "products_parent_fkey";
ALTER TABLE "public"."products" RENAME CONSTRAINT "products_pkey" TO "products_key";
ALTER TABLE "public"."products" RENAME CONSTRAINT "named" TO "_pgtandem_named";
ALTER TABLE "public"."products" RENAME CONSTRAINT "priced" TO "named";
ALTER TABLE "public"."products" RENAME CONSTRAINT "_pgtandem_named" TO "priced";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text, "parent" bigint);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
