-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
SET LOCAL check_function_bodies = off;
CREATE FUNCTION "public_0001_migration".costing(highest numeric, lowest numeric DEFAULT 0)
 RETURNS TABLE(id bigint, name text)
 LANGUAGE sql
 STABLE
AS $function$SELECT p.id, p.name FROM products p WHERE p.price::numeric BETWEEN lowest AND highest$function$;
-- rollback
DROP FUNCTION IF EXISTS "public_0001_migration".costing(highest numeric, lowest numeric);
SELECT pgtandem.drop_schema('public_0001_migration');
