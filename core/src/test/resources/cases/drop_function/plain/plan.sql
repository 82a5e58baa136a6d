-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
SET LOCAL check_function_bodies = off;
CREATE FUNCTION "public_0001_migration".label(name text)
 RETURNS text
 LANGUAGE sql
AS $function$SELECT upper(name)$function$;
-- rollback
DROP FUNCTION IF EXISTS "public_0001_migration".label(name text);
SELECT pgtandem.drop_schema('public_0001_migration');
