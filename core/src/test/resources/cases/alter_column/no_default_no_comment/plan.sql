-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "name", "price", "note", "stock", "sizes", "label"
FROM "public"."products";
ALTER VIEW "public_0001_migration"."products" ALTER COLUMN "price" SET DEFAULT CASE WHEN true THEN NULL::text END;
ALTER VIEW "public_0001_migration"."products" ALTER COLUMN "stock" SET DEFAULT CASE WHEN true THEN NULL::integer END;
ALTER VIEW "public_0001_migration"."products" ALTER COLUMN "sizes" SET DEFAULT CASE WHEN true THEN NULL::character varying(10)[] END;
ALTER VIEW "public_0001_migration"."products" ALTER COLUMN "label" SET DEFAULT CASE WHEN true THEN NULL::text COLLATE "C" END;
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."products";
ALTER TABLE "public"."products" ALTER COLUMN "price" DROP DEFAULT;
COMMENT ON COLUMN "public"."products"."price" IS NULL;
ALTER TABLE "public"."products" ALTER COLUMN "stock" DROP DEFAULT;
ALTER TABLE "public"."products" ALTER COLUMN "sizes" DROP DEFAULT;
ALTER TABLE "public"."products" ALTER COLUMN "label" DROP DEFAULT;
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text, "stock" integer, "sizes" character varying(10)[], "label" text COLLATE "C");
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."products";
SELECT pgtandem.drop_schema('public_0001_migration');
