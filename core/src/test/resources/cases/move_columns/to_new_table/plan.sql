-- 001-storage: create table addresses; lock: ACCESS EXCLUSIVE
-- expand
CREATE TABLE "public"."addresses" (
    "customer_id" bigint,
    "kind" text NOT NULL DEFAULT 'home',
    CONSTRAINT "addresses_pkey" PRIMARY KEY ("customer_id"),
    CONSTRAINT "addresses_customer_fkey" FOREIGN KEY ("customer_id") REFERENCES "public"."customers" ("id") ON DELETE CASCADE
);
ALTER TABLE "public"."addresses" ADD COLUMN "line" text;
ALTER TABLE "public"."addresses" ADD COLUMN "city" text;
ALTER TABLE "public"."addresses" ALTER COLUMN "city" SET DEFAULT 'Berlin'::text;
COMMENT ON COLUMN "public"."addresses"."city" IS 'where letters go';
-- complete
DROP TRIGGER IF EXISTS "$pgtandem_back_addresses_line_id" ON "public"."addresses";
DROP TRIGGER IF EXISTS "$pgtandem_back_addresses_line_u" ON "public"."addresses";
DROP FUNCTION IF EXISTS "public"."_pgtandem_back_addresses_line"();
ALTER TABLE "public"."addresses" ALTER COLUMN "line" SET NOT NULL;
ALTER TABLE "public"."addresses" DROP CONSTRAINT "_pgtandem_line_not_null";
-- rollback
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_line_i" ON "public"."customers";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_line_u" ON "public"."customers";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_line_d" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgtandem_forth_addresses_line"();
DROP TRIGGER IF EXISTS "$pgtandem_back_addresses_line_id" ON "public"."addresses";
DROP TRIGGER IF EXISTS "$pgtandem_back_addresses_line_u" ON "public"."addresses";
DROP FUNCTION IF EXISTS "public"."_pgtandem_back_addresses_line"();
ALTER TABLE IF EXISTS "public"."addresses" DROP COLUMN IF EXISTS "city";
ALTER TABLE IF EXISTS "public"."addresses" DROP CONSTRAINT IF EXISTS "_pgtandem_line_not_null";
ALTER TABLE IF EXISTS "public"."addresses" DROP COLUMN IF EXISTS "line";
DROP TABLE IF EXISTS "public"."addresses";
-- 002-storage: prepare table customers; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."customers" ADD COLUMN "_pgtandem_pending" boolean;
CREATE VIEW "public_0000_baseline"."customers" WITH (security_invoker = true) AS
SELECT "id", "name", "street", "city", "note"
FROM "public"."customers";
ALTER VIEW "public_0000_baseline"."customers" ALTER COLUMN "city" SET DEFAULT 'Berlin'::text;
COMMENT ON COLUMN "public_0000_baseline"."customers"."city" IS 'where letters go';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_customers"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        NULL;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' THEN
            NEW."street" := 'unknown'::text;
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "street" ON "public"."customers" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_customers"();
-- complete
SELECT pgtandem.refuse_rows('%s rows of table customers have values in columns that are moved to addresses, which has no row for them, so complete would lose them. Insert the rows; or, where the values may be lost, give these columns what older versions see without a row: the value of absent, else their default', 'SELECT FROM "public"."customers" AS f WHERE (f."street" IS NOT NULL AND f."street"::text IS DISTINCT FROM (''unknown''::text)::text OR f."city" IS NOT NULL AND f."city"::text IS DISTINCT FROM (''Berlin''::text)::text) AND NOT EXISTS (SELECT FROM "public"."addresses" AS t WHERE t."customer_id" = f."id")');
SELECT CASE WHEN EXISTS (SELECT FROM "public"."customers" WHERE "_pgtandem_pending") THEN 'UPDATE "public"."customers" SET "_pgtandem_pending" = true WHERE "_pgtandem_pending"' END;
DROP VIEW IF EXISTS "public_0000_baseline"."customers";
DROP VIEW IF EXISTS "public_0001_migration"."customers";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_line_i" ON "public"."customers";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_line_u" ON "public"."customers";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_line_d" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgtandem_forth_addresses_line"();
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_customers"();
ALTER TABLE "public"."customers" DROP COLUMN "street";
ALTER TABLE "public"."customers" DROP COLUMN "city";
ALTER TABLE "public"."customers" DROP COLUMN "_pgtandem_pending";
CREATE VIEW "public_0000_baseline"."customers" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" text, "street" text, "city" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."customers" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."customers";
DROP VIEW IF EXISTS "public_0001_migration"."customers";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."customers";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_customers"();
ALTER TABLE IF EXISTS "public"."customers" DROP COLUMN IF EXISTS "_pgtandem_pending";
-- 003-sync: carry columns back to customers; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_back_addresses_line"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $pgtandem$
DECLARE
    writer text := pg_catalog.current_schema();
    path text := pg_catalog.current_setting('search_path');
    held record;
BEGIN
    PERFORM pg_catalog.set_config('search_path', '', true);
    IF writer IN ('public_0001_migration') THEN
        NULL;
    ELSE
        PERFORM pg_catalog.set_config('search_path', path, true);
        RETURN NULL;
    END IF;
    PERFORM pg_catalog.set_config('search_path', pg_catalog.format('%I, %I', writer, 'public'), true);
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (NEW."customer_id" IS DISTINCT FROM OLD."customer_id") THEN
        PERFORM FROM "public"."customers" AS f WHERE f."id" = OLD."customer_id" FOR NO KEY UPDATE;
        UPDATE "public"."customers" AS f SET "street" = CASE WHEN s._pgtandem_there THEN s."line" ELSE 'unknown'::text END, "city" = CASE WHEN s._pgtandem_there THEN s."city" ELSE 'Berlin'::text END
        FROM (SELECT) AS one
        LEFT JOIN (SELECT true AS _pgtandem_there, t."line", t."city" FROM "public"."addresses" AS t WHERE t."customer_id" = OLD."customer_id" LIMIT 1) AS s ON true
        WHERE f."id" = OLD."customer_id" AND (f."street"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."line" ELSE 'unknown'::text END)::text OR f."city"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."city" ELSE 'Berlin'::text END)::text);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT f."street", f."city", f."_pgtandem_pending" INTO held FROM "public"."customers" AS f WHERE f."id" = NEW."customer_id" FOR NO KEY UPDATE;
        IF held."_pgtandem_pending" THEN
            UPDATE "public"."customers" AS f SET "_pgtandem_pending" = NULL WHERE f."id" = NEW."customer_id";
            UPDATE "public"."addresses" AS t SET "line" = CASE WHEN TG_OP = 'INSERT' OR NEW."line"::text IS DISTINCT FROM OLD."line"::text THEN t."line" ELSE held."street" END, "city" = CASE WHEN TG_OP = 'INSERT' OR NEW."city"::text IS DISTINCT FROM OLD."city"::text THEN t."city" ELSE held."city" END
            WHERE t.ctid = (SELECT t.ctid FROM "public"."addresses" AS t WHERE t."customer_id" = NEW."customer_id" LIMIT 1);
        END IF;
        PERFORM FROM "public"."customers" AS f WHERE f."id" = NEW."customer_id" FOR NO KEY UPDATE;
        UPDATE "public"."customers" AS f SET "street" = CASE WHEN s._pgtandem_there THEN s."line" ELSE 'unknown'::text END, "city" = CASE WHEN s._pgtandem_there THEN s."city" ELSE 'Berlin'::text END
        FROM (SELECT) AS one
        LEFT JOIN (SELECT true AS _pgtandem_there, t."line", t."city" FROM "public"."addresses" AS t WHERE t."customer_id" = NEW."customer_id" LIMIT 1) AS s ON true
        WHERE f."id" = NEW."customer_id" AND (f."street"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."line" ELSE 'unknown'::text END)::text OR f."city"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."city" ELSE 'Berlin'::text END)::text);
    END IF;
    PERFORM pg_catalog.set_config('search_path', path, true);
    RETURN NULL;
END
$pgtandem$;
REVOKE ALL ON FUNCTION "public"."_pgtandem_back_addresses_line"() FROM PUBLIC;
CREATE OR REPLACE TRIGGER "$pgtandem_back_addresses_line_id" AFTER INSERT OR DELETE ON "public"."addresses" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_back_addresses_line"();
CREATE OR REPLACE TRIGGER "$pgtandem_back_addresses_line_u" AFTER UPDATE ON "public"."addresses" FOR EACH ROW WHEN (NEW."line"::text IS DISTINCT FROM OLD."line"::text OR NEW."city"::text IS DISTINCT FROM OLD."city"::text OR NEW."customer_id"::text IS DISTINCT FROM OLD."customer_id"::text) EXECUTE FUNCTION "public"."_pgtandem_back_addresses_line"();
-- 004-sync: carry columns to addresses; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_forth_addresses_line"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $pgtandem$
DECLARE
    writer text := pg_catalog.current_schema();
    path text := pg_catalog.current_setting('search_path');
BEGIN
    PERFORM pg_catalog.set_config('search_path', '', true);
    IF writer IN ('public_0000_baseline', 'public') THEN
        NULL;
    ELSIF TG_OP = 'UPDATE' AND NEW."_pgtandem_pending" THEN
        writer := 'public';
    ELSE
        PERFORM pg_catalog.set_config('search_path', path, true);
        RETURN NULL;
    END IF;
    PERFORM pg_catalog.set_config('search_path', pg_catalog.format('%I, %I', writer, 'public'), true);
    IF TG_OP = 'DELETE' THEN
        DELETE FROM "public"."addresses" AS t WHERE t."customer_id" = OLD."id";
        PERFORM pg_catalog.set_config('search_path', path, true);
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."id" IS DISTINCT FROM OLD."id") THEN
        UPDATE "public"."addresses" AS t SET "customer_id" = NEW."id" WHERE t."customer_id" = OLD."id";
    END IF;
    IF pgtandem.lock_rows('"public"."addresses"', pg_catalog.format('"customer_id" = %L', NEW."id")) THEN
        UPDATE "public"."addresses" AS t SET "line" = NEW."street", "city" = NEW."city"
        WHERE t."customer_id" = NEW."id";
        IF NOT FOUND AND (NEW."street" IS NOT NULL OR NEW."city" IS NOT NULL) THEN
            INSERT INTO "public"."addresses" ("customer_id", "line", "city")
            VALUES (NEW."id", NEW."street", NEW."city") ON CONFLICT DO NOTHING;
        END IF;
        IF NEW."_pgtandem_pending" THEN
            UPDATE "public"."customers" AS f SET "_pgtandem_pending" = NULL WHERE f."id" = NEW."id";
        END IF;
    ELSE
        UPDATE "public"."customers" AS f SET "_pgtandem_pending" = true WHERE f."id" = NEW."id" AND f."_pgtandem_pending" IS NOT TRUE;
    END IF;
    PERFORM pg_catalog.set_config('search_path', path, true);
    RETURN NULL;
END
$pgtandem$;
REVOKE ALL ON FUNCTION "public"."_pgtandem_forth_addresses_line"() FROM PUBLIC;
CREATE OR REPLACE TRIGGER "$pgtandem_forth_addresses_line_i" AFTER INSERT ON "public"."customers" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_forth_addresses_line"();
CREATE OR REPLACE TRIGGER "$pgtandem_forth_addresses_line_u" AFTER UPDATE ON "public"."customers" FOR EACH ROW WHEN (NEW."street"::text IS DISTINCT FROM OLD."street"::text OR NEW."city"::text IS DISTINCT FROM OLD."city"::text OR NEW."id"::text IS DISTINCT FROM OLD."id"::text OR NEW."_pgtandem_pending") EXECUTE FUNCTION "public"."_pgtandem_forth_addresses_line"();
CREATE OR REPLACE TRIGGER "$pgtandem_forth_addresses_line_d" AFTER DELETE ON "public"."customers" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_forth_addresses_line"();
-- 005-backfill: make rows of addresses
-- expand
INSERT INTO "public"."addresses" ("customer_id", "line", "city")
SELECT new."id", new."street", new."city"
FROM "public"."customers" AS new
WHERE new.ctid >= … AND new.ctid < … AND (new."street" IS NOT NULL OR new."city" IS NOT NULL) AND NOT EXISTS (SELECT FROM "public"."addresses" AS t WHERE t."customer_id" = new."id") ON CONFLICT DO NOTHING;
-- 006-backfill: move columns of customers to addresses; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT CASE WHEN EXISTS (SELECT FROM "public"."customers" WHERE "_pgtandem_pending") THEN 'UPDATE "public"."customers" SET "_pgtandem_pending" = true WHERE "_pgtandem_pending"' END;
-- 007-backfill: move columns of customers to addresses; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.refuse_rows('%s rows of table customers have values in columns that are moved to addresses, which has no row for them, so complete would lose them. Insert the rows, or write discard_unmatched: true into move_columns if they may be lost', 'SELECT FROM "public"."customers" AS f WHERE (f."street" IS NOT NULL AND f."street"::text IS DISTINCT FROM (''unknown''::text)::text OR f."city" IS NOT NULL AND f."city"::text IS DISTINCT FROM (''Berlin''::text)::text) AND NOT EXISTS (SELECT FROM "public"."addresses" AS t WHERE t."customer_id" = f."id")');
-- 008-constraint: require a value in line; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."addresses" ADD CONSTRAINT "_pgtandem_line_not_null" CHECK ("line" IS NOT NULL) NOT VALID;
-- 009-constraint: require a value in line; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."addresses" VALIDATE CONSTRAINT "_pgtandem_line_not_null";
-- 010-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."customers";
CREATE VIEW "public_0001_migration"."customers" WITH (security_invoker = true) AS
SELECT "id", "name", "note"
FROM "public"."customers";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
