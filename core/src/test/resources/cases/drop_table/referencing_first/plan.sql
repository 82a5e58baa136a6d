-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."old";
CREATE VIEW "public_0001_migration"."old" AS
SELECT * FROM pgtandem.tombstone('table old was dropped in version 0001_migration') AS gone ("id" integer, "product_id" bigint);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0001_migration"."old" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('table old was dropped in version 0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" AS
SELECT * FROM pgtandem.tombstone('table products was dropped in version 0001_migration') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0001_migration"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('table products was dropped in version 0001_migration');
-- complete
ALTER TABLE IF EXISTS "public"."old" DROP CONSTRAINT IF EXISTS "old_product_id_fkey";
DROP VIEW IF EXISTS "public_0001_migration"."old";
DROP TABLE IF EXISTS "public"."old";
CREATE VIEW "public_0000_baseline"."old" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "product_id" bigint);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."old" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TABLE IF EXISTS "public"."products";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."old";
DROP VIEW IF EXISTS "public_0001_migration"."products";
SELECT pgtandem.drop_schema('public_0001_migration');
