-- 001-storage: create table addresses; lock: ACCESS EXCLUSIVE
-- expand
CREATE TABLE "public"."addresses" (
    "user_id" uuid NOT NULL,
    "position" int NOT NULL DEFAULT 1,
    CONSTRAINT "addresses_pkey" PRIMARY KEY ("user_id", "position"),
    CONSTRAINT "addresses_user_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users" ("id")
);
ALTER TABLE "public"."addresses" ADD COLUMN "address" text;
-- complete
DROP TRIGGER IF EXISTS "$pgtandem_back_addresses_address_id" ON "public"."addresses";
DROP TRIGGER IF EXISTS "$pgtandem_back_addresses_address_u" ON "public"."addresses";
DROP FUNCTION IF EXISTS "public"."_pgtandem_back_addresses_address"();
-- rollback
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_address_i" ON "public"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_address_u" ON "public"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_address_d" ON "public"."users";
DROP FUNCTION IF EXISTS "public"."_pgtandem_forth_addresses_address"();
DROP TRIGGER IF EXISTS "$pgtandem_back_addresses_address_id" ON "public"."addresses";
DROP TRIGGER IF EXISTS "$pgtandem_back_addresses_address_u" ON "public"."addresses";
DROP FUNCTION IF EXISTS "public"."_pgtandem_back_addresses_address"();
ALTER TABLE IF EXISTS "public"."addresses" DROP COLUMN IF EXISTS "address";
DROP TABLE IF EXISTS "public"."addresses";
-- 002-storage: prepare table users; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."users" ADD COLUMN "_pgtandem_pending" boolean;
CREATE VIEW "public_0000_baseline"."users" WITH (security_invoker = true) AS
SELECT "id", "number", "name", "address"
FROM "public"."users";
ALTER VIEW "public_0000_baseline"."users" ALTER COLUMN "id" SET DEFAULT gen_random_uuid();
-- complete
SELECT pgtandem.refuse_rows('%s rows of table users have values in columns that are moved to addresses, which has no row for them, so complete would lose them. Insert the rows; or, where the values may be lost, give these columns what older versions see without a row: the value of absent, else their default', 'SELECT FROM "public"."users" AS f WHERE (f."address" IS NOT NULL AND f."address"::text IS DISTINCT FROM (NULL)::text) AND NOT EXISTS (SELECT FROM "public"."addresses" AS t WHERE t."user_id" = f."id")');
SELECT CASE WHEN EXISTS (SELECT FROM "public"."users" WHERE "_pgtandem_pending") THEN 'UPDATE "public"."users" SET "_pgtandem_pending" = true WHERE "_pgtandem_pending"' END;
DROP VIEW IF EXISTS "public_0000_baseline"."users";
DROP VIEW IF EXISTS "public_0001_migration"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_address_i" ON "public"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_address_u" ON "public"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_addresses_address_d" ON "public"."users";
DROP FUNCTION IF EXISTS "public"."_pgtandem_forth_addresses_address"();
ALTER TABLE "public"."users" DROP COLUMN "address";
ALTER TABLE "public"."users" DROP COLUMN "_pgtandem_pending";
CREATE VIEW "public_0000_baseline"."users" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" uuid, "number" integer, "name" text, "address" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."users" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."users";
DROP VIEW IF EXISTS "public_0001_migration"."users";
ALTER TABLE IF EXISTS "public"."users" DROP COLUMN IF EXISTS "_pgtandem_pending";
-- 003-sync: carry columns back to users; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_back_addresses_address"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $pgtandem$
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
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (NEW."user_id" IS DISTINCT FROM OLD."user_id") THEN
        PERFORM FROM "public"."users" AS f WHERE f."id" = OLD."user_id" FOR NO KEY UPDATE;
        UPDATE "public"."users" AS f SET "address" = CASE WHEN s._pgtandem_there THEN s."address" ELSE NULL END
        FROM (SELECT) AS one
        LEFT JOIN (SELECT true AS _pgtandem_there, t."address" FROM "public"."addresses" AS t WHERE t."user_id" = OLD."user_id" ORDER BY t."position" DESC LIMIT 1) AS s ON true
        WHERE f."id" = OLD."user_id" AND (f."address"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."address" ELSE NULL END)::text);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT f."address", f."_pgtandem_pending" INTO held FROM "public"."users" AS f WHERE f."id" = NEW."user_id" FOR NO KEY UPDATE;
        IF held."_pgtandem_pending" THEN
            UPDATE "public"."users" AS f SET "_pgtandem_pending" = NULL WHERE f."id" = NEW."user_id";
            UPDATE "public"."addresses" AS t SET "address" = CASE WHEN TG_OP = 'INSERT' OR NEW."address"::text IS DISTINCT FROM OLD."address"::text THEN t."address" ELSE held."address" END
            WHERE t.ctid = (SELECT t.ctid FROM "public"."addresses" AS t WHERE t."user_id" = NEW."user_id" ORDER BY t."position" DESC LIMIT 1);
        END IF;
        PERFORM FROM "public"."users" AS f WHERE f."id" = NEW."user_id" FOR NO KEY UPDATE;
        UPDATE "public"."users" AS f SET "address" = CASE WHEN s._pgtandem_there THEN s."address" ELSE NULL END
        FROM (SELECT) AS one
        LEFT JOIN (SELECT true AS _pgtandem_there, t."address" FROM "public"."addresses" AS t WHERE t."user_id" = NEW."user_id" ORDER BY t."position" DESC LIMIT 1) AS s ON true
        WHERE f."id" = NEW."user_id" AND (f."address"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."address" ELSE NULL END)::text);
    END IF;
    PERFORM pg_catalog.set_config('search_path', path, true);
    RETURN NULL;
END
$pgtandem$;
REVOKE ALL ON FUNCTION "public"."_pgtandem_back_addresses_address"() FROM PUBLIC;
CREATE OR REPLACE TRIGGER "$pgtandem_back_addresses_address_id" AFTER INSERT OR DELETE ON "public"."addresses" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_back_addresses_address"();
CREATE OR REPLACE TRIGGER "$pgtandem_back_addresses_address_u" AFTER UPDATE ON "public"."addresses" FOR EACH ROW WHEN (NEW."address"::text IS DISTINCT FROM OLD."address"::text OR NEW."user_id"::text IS DISTINCT FROM OLD."user_id"::text OR NEW."position"::text IS DISTINCT FROM OLD."position"::text) EXECUTE FUNCTION "public"."_pgtandem_back_addresses_address"();
-- 004-sync: carry columns to addresses; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_forth_addresses_address"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $pgtandem$
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
        DELETE FROM "public"."addresses" AS t WHERE t."user_id" = OLD."id";
        PERFORM pg_catalog.set_config('search_path', path, true);
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."id" IS DISTINCT FROM OLD."id") THEN
        UPDATE "public"."addresses" AS t SET "user_id" = NEW."id" WHERE t."user_id" = OLD."id";
    END IF;
    IF pgtandem.lock_rows('"public"."addresses"', pg_catalog.format('"user_id" = %L', NEW."id")) THEN
        UPDATE "public"."addresses" AS t SET "address" = NEW."address"
        WHERE t."user_id" = NEW."id"
            AND (TG_OP = 'INSERT' OR t."address"::text IS NOT DISTINCT FROM OLD."address"::text
            OR t.ctid = (SELECT t.ctid FROM "public"."addresses" AS t WHERE t."user_id" = NEW."id" ORDER BY t."position" DESC LIMIT 1));
        IF NOT FOUND AND (NEW."address" IS NOT NULL) THEN
            INSERT INTO "public"."addresses" ("user_id", "address")
            VALUES (NEW."id", NEW."address") ON CONFLICT DO NOTHING;
        END IF;
        IF NEW."_pgtandem_pending" THEN
            UPDATE "public"."users" AS f SET "_pgtandem_pending" = NULL WHERE f."id" = NEW."id";
        END IF;
    ELSE
        UPDATE "public"."users" AS f SET "_pgtandem_pending" = true WHERE f."id" = NEW."id" AND f."_pgtandem_pending" IS NOT TRUE;
    END IF;
    PERFORM pg_catalog.set_config('search_path', path, true);
    RETURN NULL;
END
$pgtandem$;
REVOKE ALL ON FUNCTION "public"."_pgtandem_forth_addresses_address"() FROM PUBLIC;
CREATE OR REPLACE TRIGGER "$pgtandem_forth_addresses_address_i" AFTER INSERT ON "public"."users" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_forth_addresses_address"();
CREATE OR REPLACE TRIGGER "$pgtandem_forth_addresses_address_u" AFTER UPDATE ON "public"."users" FOR EACH ROW WHEN (NEW."address"::text IS DISTINCT FROM OLD."address"::text OR NEW."id"::text IS DISTINCT FROM OLD."id"::text OR NEW."_pgtandem_pending") EXECUTE FUNCTION "public"."_pgtandem_forth_addresses_address"();
CREATE OR REPLACE TRIGGER "$pgtandem_forth_addresses_address_d" AFTER DELETE ON "public"."users" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_forth_addresses_address"();
-- 005-backfill: make rows of addresses
-- expand
INSERT INTO "public"."addresses" ("user_id", "address")
SELECT new."id", new."address"
FROM "public"."users" AS new
WHERE new.ctid >= … AND new.ctid < … AND (new."address" IS NOT NULL) AND NOT EXISTS (SELECT FROM "public"."addresses" AS t WHERE t."user_id" = new."id") ON CONFLICT DO NOTHING;
-- 006-backfill: move columns of users to addresses; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT CASE WHEN EXISTS (SELECT FROM "public"."users" WHERE "_pgtandem_pending") THEN 'UPDATE "public"."users" SET "_pgtandem_pending" = true WHERE "_pgtandem_pending"' END;
-- 007-backfill: move columns of users to addresses; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.refuse_rows('%s rows of table users have values in columns that are moved to addresses, which has no row for them, so complete would lose them. Insert the rows, or write discard_unmatched: true into move_columns if they may be lost', 'SELECT FROM "public"."users" AS f WHERE (f."address" IS NOT NULL AND f."address"::text IS DISTINCT FROM (NULL)::text) AND NOT EXISTS (SELECT FROM "public"."addresses" AS t WHERE t."user_id" = f."id")');
-- 008-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."users";
CREATE VIEW "public_0001_migration"."users" WITH (security_invoker = true) AS
SELECT "id", "number", "name"
FROM "public"."users";
ALTER VIEW "public_0001_migration"."users" ALTER COLUMN "id" SET DEFAULT gen_random_uuid();
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
