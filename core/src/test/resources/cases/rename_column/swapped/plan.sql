-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "name" AS "note", "price", "note" AS "name"
FROM "public"."products";
COMMENT ON COLUMN "public_0001_migration"."products"."price" IS 'in euros';
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."products";
ALTER TABLE "public"."products" RENAME COLUMN "name" TO "_pgtandem_name";
ALTER TABLE "public"."products" RENAME COLUMN "note" TO "name";
ALTER TABLE "public"."products" RENAME COLUMN "_pgtandem_name" TO "note";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."products";
SELECT pgtandem.drop_schema('public_0001_migration');
