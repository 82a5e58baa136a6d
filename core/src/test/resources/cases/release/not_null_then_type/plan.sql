-- 001-storage: prepare table a; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."a" ADD COLUMN "lo" int;
ALTER TABLE "public"."a" ADD COLUMN "_pgtandem_lo" bigint;
CREATE VIEW "public_0000_baseline"."a" WITH (security_invoker = true) AS
SELECT "id", "x"
FROM "public"."a";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_a"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."x" IS DISTINCT FROM OLD."x" OR NEW."lo" IS NULL THEN
            NEW."lo" := NEW."x";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."lo" IS DISTINCT FROM OLD."lo" OR NEW."_pgtandem_lo" IS NULL THEN
            NEW."_pgtandem_lo" := NEW."lo";
        END IF;
    ELSE
        IF NEW."lo" IS NULL THEN
            NEW."lo" := NEW."x";
        END IF;
        IF NEW."_pgtandem_lo" IS NULL THEN
            NEW."_pgtandem_lo" := NEW."lo";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."a" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_a"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."a";
DROP VIEW IF EXISTS "public_0001_migration"."a";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."a";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_a"();
ALTER TABLE "public"."a" DROP COLUMN "lo";
ALTER TABLE "public"."a" RENAME COLUMN "_pgtandem_lo" TO "lo";
ALTER TABLE "public"."a" ALTER COLUMN "lo" SET NOT NULL;
ALTER TABLE "public"."a" DROP CONSTRAINT "_pgtandem_lo_not_null_2";
CREATE VIEW "public_0000_baseline"."a" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "x" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."a" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."a";
DROP VIEW IF EXISTS "public_0001_migration"."a";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."a";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_a"();
ALTER TABLE IF EXISTS "public"."a" DROP CONSTRAINT IF EXISTS "_pgtandem_lo_not_null_2";
ALTER TABLE IF EXISTS "public"."a" DROP COLUMN IF EXISTS "_pgtandem_lo";
ALTER TABLE IF EXISTS "public"."a" DROP COLUMN IF EXISTS "lo";
-- 002-backfill: fill new columns of a
-- expand
UPDATE "public"."a" AS stored SET "lo" = new."lo", "_pgtandem_lo" = new."_pgtandem_lo"
FROM (SELECT new._pgtandem_row,
    CASE WHEN new."_pgtandem_lo" IS NULL THEN (new."lo")::bigint ELSE new."_pgtandem_lo" END AS "_pgtandem_lo",
    new."lo" AS "lo",
    new."x" AS "x"
FROM (SELECT new._pgtandem_row,
    new."_pgtandem_lo" AS "_pgtandem_lo",
    CASE WHEN new."lo" IS NULL THEN (new."x")::integer ELSE new."lo" END AS "lo",
    new."x" AS "x"
FROM (SELECT new.ctid AS _pgtandem_row, new."_pgtandem_lo", new."lo", new."x"
FROM "public"."a" AS new
WHERE new.ctid >= … AND new.ctid < … AND (new."lo" IS NULL OR new."_pgtandem_lo" IS NULL)) AS new) AS new) AS new
WHERE stored.ctid = new._pgtandem_row;
-- 003-backfill: keep table a in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_a"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."x" IS DISTINCT FROM OLD."x" THEN
            NEW."lo" := NEW."x";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."lo" IS DISTINCT FROM OLD."lo" THEN
            NEW."_pgtandem_lo" := NEW."lo";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_lo" IS DISTINCT FROM OLD."_pgtandem_lo" THEN
            NEW."lo" := (NEW."_pgtandem_lo")::integer;
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_lo", "lo", "x" ON "public"."a" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_a"();
-- 004-constraint: require a value in _pgtandem_lo; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."a" ADD CONSTRAINT "_pgtandem_lo_not_null_2" CHECK ("_pgtandem_lo" IS NOT NULL) NOT VALID;
-- 005-constraint: require a value in _pgtandem_lo; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."a" VALIDATE CONSTRAINT "_pgtandem_lo_not_null_2";
-- 006-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."a";
CREATE VIEW "public_0001_migration"."a" WITH (security_invoker = true) AS
SELECT "id", "x", "_pgtandem_lo" AS "lo"
FROM "public"."a";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
