-- 001-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
SET LOCAL check_function_bodies = off;
CREATE FUNCTION "public_0001_migration".rename_product(product bigint, new_name text)
 RETURNS void
 LANGUAGE plpgsql
 STRICT SECURITY DEFINER
 SET search_path TO 'public_0001_migration', 'public', 'pg_temp'
AS $function$BEGIN
    UPDATE products SET name = new_name WHERE id = product;
END
$function$;
COMMENT ON FUNCTION "public_0001_migration".rename_product(product bigint, new_name text) IS 'for the back office';
-- rollback
DROP FUNCTION IF EXISTS "public_0001_migration".rename_product(product bigint, new_name text);
SELECT pgtandem.drop_schema('public_0001_migration');
