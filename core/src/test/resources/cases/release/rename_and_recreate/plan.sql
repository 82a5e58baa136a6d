-- 001-storage: create table _pgtandem_a
-- expand
CREATE TABLE "public"."_pgtandem_a" (
    "id" int CONSTRAINT "a_id_not_null" NOT NULL,
    "x" int NOT NULL CONSTRAINT "a_x_not_null" NOT NULL,
    CONSTRAINT "a_pkey1" PRIMARY KEY ("id"),
    CONSTRAINT "a_x_key1" UNIQUE ("x")
);
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."a";
ALTER TABLE "public"."_pgtandem_a" RENAME TO "a";
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."a";
DROP TABLE IF EXISTS "public"."_pgtandem_a";
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."old_a";
CREATE VIEW "public_0001_migration"."old_a" WITH (security_invoker = true) AS
SELECT "id", "x"
FROM "public"."a";
DROP VIEW IF EXISTS "public_0001_migration"."a";
CREATE VIEW "public_0001_migration"."a" WITH (security_invoker = true) AS
SELECT "id", "x"
FROM "public"."_pgtandem_a";
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."old_a";
ALTER TABLE "public"."a" RENAME TO "old_a";
CREATE VIEW "public_0000_baseline"."a" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "x" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."a" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."old_a";
SELECT pgtandem.drop_schema('public_0001_migration');
