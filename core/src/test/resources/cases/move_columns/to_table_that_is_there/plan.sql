-- 001-storage: prepare table profiles; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."profiles" ADD COLUMN "email" character varying(120);
ALTER TABLE "public"."profiles" ADD COLUMN "age" numeric(5,1);
CREATE VIEW "public_0000_baseline"."profiles" WITH (security_invoker = true) AS
SELECT "id", "user", "bio"
FROM "public"."profiles";
-- complete
DROP TRIGGER IF EXISTS "$pgtandem_back_profiles_email_id" ON "public"."profiles";
DROP TRIGGER IF EXISTS "$pgtandem_back_profiles_email_u" ON "public"."profiles";
DROP FUNCTION IF EXISTS "public"."_pgtandem_back_profiles_email"();
DROP TRIGGER IF EXISTS "~pgtandem_arriving_profiles_email_i" ON "public"."profiles";
DROP TRIGGER IF EXISTS "~pgtandem_arriving_profiles_email_u" ON "public"."profiles";
DROP FUNCTION IF EXISTS "public"."_pgtandem_arriving_profiles_email"();
DROP VIEW IF EXISTS "public_0000_baseline"."profiles";
CREATE VIEW "public_0000_baseline"."profiles" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "user" integer, "bio" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."profiles" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."profiles";
ALTER TABLE IF EXISTS "public"."profiles" DROP COLUMN IF EXISTS "age";
ALTER TABLE IF EXISTS "public"."profiles" DROP COLUMN IF EXISTS "email";
-- 002-storage: prepare table users; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."users" ADD COLUMN "_pgtandem_pending" boolean;
CREATE VIEW "public_0000_baseline"."users" WITH (security_invoker = true) AS
SELECT "id", "login", "email", "age"
FROM "public"."users";
-- complete
SELECT CASE WHEN EXISTS (SELECT FROM "public"."users" WHERE "_pgtandem_pending") THEN 'UPDATE "public"."users" SET "_pgtandem_pending" = true WHERE "_pgtandem_pending"' END;
DROP VIEW IF EXISTS "public_0000_baseline"."users";
DROP VIEW IF EXISTS "public_0001_migration"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_profiles_email_i" ON "public"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_profiles_email_u" ON "public"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_profiles_email_d" ON "public"."users";
DROP FUNCTION IF EXISTS "public"."_pgtandem_forth_profiles_email"();
ALTER TABLE "public"."users" DROP COLUMN "email";
ALTER TABLE "public"."users" DROP COLUMN "age";
ALTER TABLE "public"."users" DROP COLUMN "_pgtandem_pending";
CREATE VIEW "public_0000_baseline"."users" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "login" text, "email" character varying(120), "age" numeric(5,1));
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."users" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."users";
DROP VIEW IF EXISTS "public_0001_migration"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_profiles_email_i" ON "public"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_profiles_email_u" ON "public"."users";
DROP TRIGGER IF EXISTS "$pgtandem_forth_profiles_email_d" ON "public"."users";
DROP FUNCTION IF EXISTS "public"."_pgtandem_forth_profiles_email"();
DROP TRIGGER IF EXISTS "$pgtandem_back_profiles_email_id" ON "public"."profiles";
DROP TRIGGER IF EXISTS "$pgtandem_back_profiles_email_u" ON "public"."profiles";
DROP FUNCTION IF EXISTS "public"."_pgtandem_back_profiles_email"();
DROP TRIGGER IF EXISTS "~pgtandem_arriving_profiles_email_i" ON "public"."profiles";
DROP TRIGGER IF EXISTS "~pgtandem_arriving_profiles_email_u" ON "public"."profiles";
DROP FUNCTION IF EXISTS "public"."_pgtandem_arriving_profiles_email"();
ALTER TABLE IF EXISTS "public"."users" DROP COLUMN IF EXISTS "_pgtandem_pending";
-- 003-sync: carry columns back to users; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_back_profiles_email"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $pgtandem$
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
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (NEW."user" IS DISTINCT FROM OLD."user") THEN
        PERFORM FROM "public"."users" AS f WHERE f."id" = OLD."user" FOR NO KEY UPDATE;
        UPDATE "public"."users" AS f SET "email" = CASE WHEN s._pgtandem_there THEN s."email" ELSE NULL END, "age" = CASE WHEN s._pgtandem_there THEN s."age" ELSE NULL END
        FROM (SELECT) AS one
        LEFT JOIN (SELECT true AS _pgtandem_there, t."email", t."age" FROM "public"."profiles" AS t WHERE t."user" = OLD."user" LIMIT 1) AS s ON true
        WHERE f."id" = OLD."user" AND (f."email"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."email" ELSE NULL END)::text OR f."age"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."age" ELSE NULL END)::text);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT f."email", f."age", f."_pgtandem_pending" INTO held FROM "public"."users" AS f WHERE f."id" = NEW."user" FOR NO KEY UPDATE;
        IF held."_pgtandem_pending" THEN
            UPDATE "public"."users" AS f SET "_pgtandem_pending" = NULL WHERE f."id" = NEW."user";
            UPDATE "public"."profiles" AS t SET "email" = CASE WHEN TG_OP = 'INSERT' OR NEW."email"::text IS DISTINCT FROM OLD."email"::text THEN t."email" ELSE held."email" END, "age" = CASE WHEN TG_OP = 'INSERT' OR NEW."age"::text IS DISTINCT FROM OLD."age"::text THEN t."age" ELSE held."age" END
            WHERE t.ctid = (SELECT t.ctid FROM "public"."profiles" AS t WHERE t."user" = NEW."user" LIMIT 1);
        END IF;
        PERFORM FROM "public"."users" AS f WHERE f."id" = NEW."user" FOR NO KEY UPDATE;
        UPDATE "public"."users" AS f SET "email" = CASE WHEN s._pgtandem_there THEN s."email" ELSE NULL END, "age" = CASE WHEN s._pgtandem_there THEN s."age" ELSE NULL END
        FROM (SELECT) AS one
        LEFT JOIN (SELECT true AS _pgtandem_there, t."email", t."age" FROM "public"."profiles" AS t WHERE t."user" = NEW."user" LIMIT 1) AS s ON true
        WHERE f."id" = NEW."user" AND (f."email"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."email" ELSE NULL END)::text OR f."age"::text IS DISTINCT FROM (CASE WHEN s._pgtandem_there THEN s."age" ELSE NULL END)::text);
    END IF;
    PERFORM pg_catalog.set_config('search_path', path, true);
    RETURN NULL;
END
$pgtandem$;
REVOKE ALL ON FUNCTION "public"."_pgtandem_back_profiles_email"() FROM PUBLIC;
CREATE OR REPLACE TRIGGER "$pgtandem_back_profiles_email_id" AFTER INSERT OR DELETE ON "public"."profiles" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_back_profiles_email"();
CREATE OR REPLACE TRIGGER "$pgtandem_back_profiles_email_u" AFTER UPDATE ON "public"."profiles" FOR EACH ROW WHEN (NEW."email"::text IS DISTINCT FROM OLD."email"::text OR NEW."age"::text IS DISTINCT FROM OLD."age"::text OR NEW."user"::text IS DISTINCT FROM OLD."user"::text) EXECUTE FUNCTION "public"."_pgtandem_back_profiles_email"();
CREATE OR REPLACE FUNCTION "public"."_pgtandem_arriving_profiles_email"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $pgtandem$
DECLARE
    writer text := pg_catalog.current_schema();
    path text := pg_catalog.current_setting('search_path');
BEGIN
    PERFORM pg_catalog.set_config('search_path', '', true);
    IF writer IN ('public_0000_baseline', 'public') THEN
        NULL;
    ELSE
        PERFORM pg_catalog.set_config('search_path', path, true);
        RETURN NEW;
    END IF;
    PERFORM pg_catalog.set_config('search_path', pg_catalog.format('%I, %I', writer, 'public'), true);
    SELECT f."email", f."age"
    INTO NEW."email", NEW."age"
    FROM "public"."users" AS f WHERE f."id" = NEW."user" FOR SHARE;
    PERFORM pg_catalog.set_config('search_path', path, true);
    RETURN NEW;
END
$pgtandem$;
REVOKE ALL ON FUNCTION "public"."_pgtandem_arriving_profiles_email"() FROM PUBLIC;
CREATE OR REPLACE TRIGGER "~pgtandem_arriving_profiles_email_i" BEFORE INSERT ON "public"."profiles" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_arriving_profiles_email"();
CREATE OR REPLACE TRIGGER "~pgtandem_arriving_profiles_email_u" BEFORE UPDATE ON "public"."profiles" FOR EACH ROW WHEN (NEW."user"::text IS DISTINCT FROM OLD."user"::text) EXECUTE FUNCTION "public"."_pgtandem_arriving_profiles_email"();
-- 004-sync: carry columns to profiles; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_forth_profiles_email"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $pgtandem$
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
    IF pgtandem.lock_rows('"public"."profiles"', pg_catalog.format('"user" = %L', NEW."id")) THEN
        UPDATE "public"."profiles" AS t SET "email" = NEW."email", "age" = NEW."age"
        WHERE t."user" = NEW."id";
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
REVOKE ALL ON FUNCTION "public"."_pgtandem_forth_profiles_email"() FROM PUBLIC;
CREATE OR REPLACE TRIGGER "$pgtandem_forth_profiles_email_i" AFTER INSERT ON "public"."users" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_forth_profiles_email"();
CREATE OR REPLACE TRIGGER "$pgtandem_forth_profiles_email_u" AFTER UPDATE ON "public"."users" FOR EACH ROW WHEN (NEW."email"::text IS DISTINCT FROM OLD."email"::text OR NEW."age"::text IS DISTINCT FROM OLD."age"::text OR NEW."id"::text IS DISTINCT FROM OLD."id"::text OR NEW."_pgtandem_pending") EXECUTE FUNCTION "public"."_pgtandem_forth_profiles_email"();
-- 005-backfill: fill moved columns of profiles
-- expand
UPDATE "public"."profiles" AS new SET
    "email" = CASE WHEN new."email" IS NULL THEN (SELECT f."email" FROM "public"."users" AS f WHERE f."id" = new."user" FOR SHARE) ELSE new."email" END,
    "age" = CASE WHEN new."age" IS NULL THEN (SELECT f."age" FROM "public"."users" AS f WHERE f."id" = new."user" FOR SHARE) ELSE new."age" END
WHERE new.ctid >= … AND new.ctid < … AND (new."email" IS NULL OR new."age" IS NULL);
-- 006-backfill: move columns of users to profiles; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT CASE WHEN EXISTS (SELECT FROM "public"."users" WHERE "_pgtandem_pending") THEN 'UPDATE "public"."users" SET "_pgtandem_pending" = true WHERE "_pgtandem_pending"' END;
-- 007-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."users";
CREATE VIEW "public_0001_migration"."users" WITH (security_invoker = true) AS
SELECT "id", "login"
FROM "public"."users";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
