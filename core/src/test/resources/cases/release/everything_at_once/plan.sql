-- 001-storage: prepare table users; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."users" ADD COLUMN "first_name" text;
ALTER TABLE "public"."users" ADD COLUMN "last_name" text;
ALTER TABLE "public"."users" ADD COLUMN "initials" text;
CREATE VIEW "public_0000_baseline"."users" WITH (security_invoker = true) AS
SELECT "id", "name", "fax"
FROM "public"."users";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_users"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."first_name" IS NULL THEN
            NEW."first_name" := split_part(NEW."name", ' '::text, 1);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" OR NEW."last_name" IS NULL THEN
            NEW."last_name" := split_part(NEW."name", ' '::text, 2);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."first_name" IS DISTINCT FROM OLD."first_name" OR NEW."last_name" IS DISTINCT FROM OLD."last_name" OR NEW."initials" IS NULL THEN
            NEW."initials" := ("left"(NEW."first_name", 1) || "left"(NEW."last_name", 1));
        END IF;
    ELSE
        IF NEW."first_name" IS NULL THEN
            NEW."first_name" := split_part(NEW."name", ' '::text, 1);
        END IF;
        IF NEW."last_name" IS NULL THEN
            NEW."last_name" := split_part(NEW."name", ' '::text, 2);
        END IF;
        IF NEW."initials" IS NULL THEN
            NEW."initials" := ("left"(NEW."first_name", 1) || "left"(NEW."last_name", 1));
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."users" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_users"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."users";
DROP VIEW IF EXISTS "public_0001_migration"."people";
DROP VIEW IF EXISTS "public_0001_migration"."users";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."users";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_users"();
ALTER TABLE "public"."users" DROP COLUMN "name";
ALTER TABLE "public"."users" DROP COLUMN "fax";
ALTER TABLE "public"."users" RENAME TO "people";
ALTER TABLE "public"."people" ALTER COLUMN "first_name" SET NOT NULL;
ALTER TABLE "public"."people" DROP CONSTRAINT "_pgtandem_first_name_not_null";
ALTER TABLE "public"."people" ALTER COLUMN "last_name" SET NOT NULL;
ALTER TABLE "public"."people" DROP CONSTRAINT "_pgtandem_last_name_not_null";
ALTER TABLE "public"."people" ALTER COLUMN "initials" SET NOT NULL;
ALTER TABLE "public"."people" DROP CONSTRAINT "_pgtandem_initials_not_null";
CREATE VIEW "public_0000_baseline"."users" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "name" text, "fax" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."users" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."people_by_last_name";
DROP VIEW IF EXISTS "public_0000_baseline"."users";
DROP VIEW IF EXISTS "public_0001_migration"."people";
DROP VIEW IF EXISTS "public_0001_migration"."users";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."users";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_users"();
ALTER TABLE IF EXISTS "public"."users" DROP CONSTRAINT IF EXISTS "_pgtandem_initials_not_null";
ALTER TABLE IF EXISTS "public"."users" DROP COLUMN IF EXISTS "initials";
ALTER TABLE IF EXISTS "public"."users" DROP CONSTRAINT IF EXISTS "_pgtandem_last_name_not_null";
ALTER TABLE IF EXISTS "public"."users" DROP COLUMN IF EXISTS "last_name";
ALTER TABLE IF EXISTS "public"."users" DROP CONSTRAINT IF EXISTS "_pgtandem_first_name_not_null";
ALTER TABLE IF EXISTS "public"."users" DROP COLUMN IF EXISTS "first_name";
-- 002-storage: create table _pgtandem_products
-- expand
CREATE TABLE "public"."_pgtandem_products" (
    "id" bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT "products_id_not_null" NOT NULL,
    "code" text NOT NULL CONSTRAINT "products_code_not_null" NOT NULL,
    CONSTRAINT "_pgtandem_products_pkey" PRIMARY KEY ("id")
);
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."products";
ALTER TABLE "public"."_pgtandem_products" RENAME TO "products";
ALTER SEQUENCE IF EXISTS "public"."_pgtandem_products_id_seq" RENAME TO "products_id_seq";
ALTER TABLE "public"."products" RENAME CONSTRAINT "_pgtandem_products_pkey" TO "products_pkey";
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."products";
DROP TABLE IF EXISTS "public"."_pgtandem_products";
-- 003-backfill: fill new columns of users
-- expand
UPDATE "public"."users" AS stored SET "first_name" = new."first_name", "last_name" = new."last_name", "initials" = new."initials"
FROM (SELECT new._pgtandem_row,
    new."first_name" AS "first_name",
    CASE WHEN new."initials" IS NULL THEN (("left"(new."first_name", 1) || "left"(new."last_name", 1)))::text ELSE new."initials" END AS "initials",
    new."last_name" AS "last_name",
    new."name" AS "name"
FROM (SELECT new._pgtandem_row,
    CASE WHEN new."first_name" IS NULL THEN (split_part(new."name", ' '::text, 1))::text ELSE new."first_name" END AS "first_name",
    new."initials" AS "initials",
    CASE WHEN new."last_name" IS NULL THEN (split_part(new."name", ' '::text, 2))::text ELSE new."last_name" END AS "last_name",
    new."name" AS "name"
FROM (SELECT new.ctid AS _pgtandem_row, new."first_name", new."initials", new."last_name", new."name"
FROM "public"."users" AS new
WHERE new.ctid >= … AND new.ctid < … AND (new."first_name" IS NULL OR new."last_name" IS NULL OR new."initials" IS NULL)) AS new) AS new) AS new
WHERE stored.ctid = new._pgtandem_row;
-- 004-backfill: keep table users in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_users"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" THEN
            NEW."first_name" := split_part(NEW."name", ' '::text, 1);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" THEN
            NEW."last_name" := split_part(NEW."name", ' '::text, 2);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."first_name" IS DISTINCT FROM OLD."first_name" OR NEW."last_name" IS DISTINCT FROM OLD."last_name" THEN
            NEW."initials" := ("left"(NEW."first_name", 1) || "left"(NEW."last_name", 1));
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."first_name" IS DISTINCT FROM OLD."first_name" OR NEW."last_name" IS DISTINCT FROM OLD."last_name" THEN
            NEW."name" := ((NEW."first_name" || ' '::text) || NEW."last_name");
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "first_name", "initials", "last_name", "name" ON "public"."users" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_users"();
-- 005-index: create index people_by_last_name; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."people_by_last_name";
CREATE INDEX CONCURRENTLY "people_by_last_name" ON "public"."users" USING btree ("last_name", "first_name");
-- 006-constraint: require a value in first_name; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."users" ADD CONSTRAINT "_pgtandem_first_name_not_null" CHECK ("first_name" IS NOT NULL) NOT VALID;
-- 007-constraint: require a value in first_name; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "_pgtandem_first_name_not_null";
-- 008-constraint: require a value in last_name; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."users" ADD CONSTRAINT "_pgtandem_last_name_not_null" CHECK ("last_name" IS NOT NULL) NOT VALID;
-- 009-constraint: require a value in last_name; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "_pgtandem_last_name_not_null";
-- 010-constraint: require a value in initials; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."users" ADD CONSTRAINT "_pgtandem_initials_not_null" CHECK ("initials" IS NOT NULL) NOT VALID;
-- 011-constraint: require a value in initials; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "_pgtandem_initials_not_null";
-- 012-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."people";
CREATE VIEW "public_0001_migration"."people" WITH (security_invoker = true) AS
SELECT "id", "first_name", "last_name", "initials"
FROM "public"."users";
DROP VIEW IF EXISTS "public_0001_migration"."users";
CREATE VIEW "public_0001_migration"."users" AS
SELECT * FROM pgtandem.tombstone('table users was renamed to people in version 0001_migration') AS gone ("id" integer, "name" text, "fax" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0001_migration"."users" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('table users was renamed to people in version 0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products";
CREATE VIEW "public_0001_migration"."products" WITH (security_invoker = true) AS
SELECT "id", "code"
FROM "public"."_pgtandem_products";
-- complete
DROP TABLE IF EXISTS "public"."products";
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
