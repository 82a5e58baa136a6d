-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
CREATE VIEW "public_0001_migration"."cheap" WITH (security_invoker = true) AS
SELECT id,
    name,
    (price)::numeric AS price
   FROM (SELECT "id", "name", "price" FROM "public"."products") products
  WHERE ((price)::numeric < (10)::numeric);
GRANT SELECT ON "public_0001_migration"."cheap" TO PUBLIC;
COMMENT ON VIEW "public_0001_migration"."cheap" IS 'what costs less than 10';
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."cheap";
SELECT pgtandem.drop_schema('public_0001_migration');
