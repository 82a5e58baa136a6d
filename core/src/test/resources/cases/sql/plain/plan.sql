-- 001-storage: run SQL
-- expand
CREATE FUNCTION double(n int) RETURNS int LANGUAGE sql AS $$ SELECT n * 2; $$;
CREATE TABLE extra (id int);;
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
DROP FUNCTION double(int); DROP TABLE extra;
SELECT pgtandem.drop_schema('public_0001_migration');
