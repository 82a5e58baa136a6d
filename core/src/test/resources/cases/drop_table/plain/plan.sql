-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."old";
CREATE VIEW "public_0001_migration"."old" AS
SELECT * FROM pgtandem.tombstone('table old was dropped in version 0001_migration') AS gone ("id" integer, "product_id" bigint);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0001_migration"."old" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('table old was dropped in version 0001_migration');
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."old";
DROP TABLE IF EXISTS "public"."old";
CREATE VIEW "public_0000_baseline"."old" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "product_id" bigint);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."old" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."old";
SELECT pgtandem.drop_schema('public_0001_migration');
