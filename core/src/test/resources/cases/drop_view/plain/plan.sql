-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
CREATE VIEW "public_0001_migration"."dear" WITH (security_invoker = true) AS
SELECT id
   FROM (SELECT "id", "price" FROM "public"."products") products
  WHERE ((price)::numeric > (100)::numeric);
GRANT SELECT ON "public_0001_migration"."dear" TO PUBLIC;
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."dear";
SELECT pgtandem.drop_schema('public_0001_migration');
