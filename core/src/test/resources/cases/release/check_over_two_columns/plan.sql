-- 001-storage: prepare table ranges; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."ranges" ADD COLUMN "low" int;
ALTER TABLE "public"."ranges" ADD COLUMN "high" int;
ALTER TABLE "public"."ranges" ADD COLUMN "_pgtandem_low" bigint;
CREATE VIEW "public_0000_baseline"."ranges" WITH (security_invoker = true) AS
SELECT "id"
FROM "public"."ranges";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_ranges"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."low" IS NULL THEN
            NEW."low" := NEW."id";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."low" IS DISTINCT FROM OLD."low" OR NEW."high" IS NULL THEN
            NEW."high" := (NEW."low" + 1);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."low" IS DISTINCT FROM OLD."low" OR NEW."_pgtandem_low" IS NULL THEN
            NEW."_pgtandem_low" := NEW."low";
        END IF;
    ELSE
        IF NEW."low" IS NULL THEN
            NEW."low" := NEW."id";
        END IF;
        IF NEW."high" IS NULL THEN
            NEW."high" := (NEW."low" + 1);
        END IF;
        IF NEW."_pgtandem_low" IS NULL THEN
            NEW."_pgtandem_low" := NEW."low";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."ranges" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_ranges"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."ranges";
DROP VIEW IF EXISTS "public_0001_migration"."ranges";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."ranges";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_ranges"();
ALTER TABLE "public"."ranges" DROP COLUMN "low";
ALTER TABLE "public"."ranges" RENAME COLUMN "_pgtandem_low" TO "low";
ALTER TABLE "public"."ranges" ALTER COLUMN "high" SET NOT NULL;
ALTER TABLE "public"."ranges" DROP CONSTRAINT "_pgtandem_high_not_null";
ALTER TABLE "public"."ranges" ALTER COLUMN "low" SET NOT NULL;
ALTER TABLE "public"."ranges" DROP CONSTRAINT "_pgtandem_low_not_null_2";
ALTER TABLE "public"."ranges" RENAME CONSTRAINT "_pgtandem_low_first" TO "low_first";
CREATE VIEW "public_0000_baseline"."ranges" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."ranges" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."ranges";
DROP VIEW IF EXISTS "public_0001_migration"."ranges";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."ranges";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_ranges"();
ALTER TABLE IF EXISTS "public"."ranges" DROP CONSTRAINT IF EXISTS "_pgtandem_low_first";
ALTER TABLE IF EXISTS "public"."ranges" DROP CONSTRAINT IF EXISTS "_pgtandem_low_not_null_2";
ALTER TABLE IF EXISTS "public"."ranges" DROP COLUMN IF EXISTS "_pgtandem_low";
ALTER TABLE IF EXISTS "public"."ranges" DROP CONSTRAINT IF EXISTS "_pgtandem_high_not_null";
ALTER TABLE IF EXISTS "public"."ranges" DROP COLUMN IF EXISTS "high";
ALTER TABLE IF EXISTS "public"."ranges" DROP COLUMN IF EXISTS "low";
-- 002-storage: create table spans; lock: ACCESS EXCLUSIVE
-- expand
CREATE TABLE "public"."spans" (
    "low" int NOT NULL,
    "high" int NOT NULL,
    CONSTRAINT "spans_low_first" CHECK (low < high
)
);
ALTER TABLE "public"."spans" ADD COLUMN "_pgtandem_low" bigint;
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_spans"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."low" IS DISTINCT FROM OLD."low" OR NEW."_pgtandem_low" IS NULL THEN
            NEW."_pgtandem_low" := NEW."low";
        END IF;
    ELSE
        IF NEW."_pgtandem_low" IS NULL THEN
            NEW."_pgtandem_low" := NEW."low";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."spans" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_spans"();
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."spans";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."spans";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_spans"();
ALTER TABLE "public"."spans" DROP CONSTRAINT IF EXISTS "spans_low_first";
ALTER TABLE "public"."spans" DROP COLUMN "low";
ALTER TABLE "public"."spans" RENAME COLUMN "_pgtandem_low" TO "low";
ALTER TABLE "public"."spans" ALTER COLUMN "low" SET NOT NULL;
ALTER TABLE "public"."spans" DROP CONSTRAINT "_pgtandem_low_not_null";
ALTER TABLE "public"."spans" RENAME CONSTRAINT "_pgtandem_spans_low_first" TO "spans_low_first";
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."spans";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."spans";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_spans"();
ALTER TABLE IF EXISTS "public"."spans" DROP CONSTRAINT IF EXISTS "_pgtandem_spans_low_first";
ALTER TABLE IF EXISTS "public"."spans" DROP CONSTRAINT IF EXISTS "_pgtandem_low_not_null";
ALTER TABLE IF EXISTS "public"."spans" DROP COLUMN IF EXISTS "_pgtandem_low";
DROP TABLE IF EXISTS "public"."spans";
-- 003-backfill: fill new columns of ranges
-- expand
UPDATE "public"."ranges" AS stored SET "low" = new."low", "high" = new."high", "_pgtandem_low" = new."_pgtandem_low"
FROM (SELECT new._pgtandem_row,
    CASE WHEN new."_pgtandem_low" IS NULL THEN (new."low")::bigint ELSE new."_pgtandem_low" END AS "_pgtandem_low",
    CASE WHEN new."high" IS NULL THEN ((new."low" + 1))::integer ELSE new."high" END AS "high",
    new."id" AS "id",
    new."low" AS "low"
FROM (SELECT new._pgtandem_row,
    new."_pgtandem_low" AS "_pgtandem_low",
    new."high" AS "high",
    new."id" AS "id",
    CASE WHEN new."low" IS NULL THEN (new."id")::integer ELSE new."low" END AS "low"
FROM (SELECT new.ctid AS _pgtandem_row, new."_pgtandem_low", new."high", new."id", new."low"
FROM "public"."ranges" AS new
WHERE new.ctid >= … AND new.ctid < … AND (new."low" IS NULL OR new."high" IS NULL OR new."_pgtandem_low" IS NULL)) AS new) AS new) AS new
WHERE stored.ctid = new._pgtandem_row;
-- 004-backfill: keep table ranges in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_ranges"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."id" IS DISTINCT FROM OLD."id" THEN
            NEW."low" := NEW."id";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."low" IS DISTINCT FROM OLD."low" THEN
            NEW."high" := (NEW."low" + 1);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."low" IS DISTINCT FROM OLD."low" THEN
            NEW."_pgtandem_low" := NEW."low";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_low" IS DISTINCT FROM OLD."_pgtandem_low" THEN
            NEW."low" := NEW."_pgtandem_low";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_low", "high", "id", "low" ON "public"."ranges" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_ranges"();
-- 005-backfill: fill new columns of spans
-- expand
UPDATE "public"."spans" AS new SET
    "_pgtandem_low" = CASE WHEN new."_pgtandem_low" IS NULL THEN (new."low")::bigint ELSE new."_pgtandem_low" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_low" IS NULL);
-- 006-backfill: keep table spans in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_spans"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."low" IS DISTINCT FROM OLD."low" THEN
            NEW."_pgtandem_low" := NEW."low";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_low" IS DISTINCT FROM OLD."_pgtandem_low" THEN
            NEW."low" := NEW."_pgtandem_low";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_low", "low" ON "public"."spans" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_spans"();
-- 007-constraint: require a value in high; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."ranges" ADD CONSTRAINT "_pgtandem_high_not_null" CHECK ("high" IS NOT NULL) NOT VALID;
-- 008-constraint: require a value in high; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."ranges" VALIDATE CONSTRAINT "_pgtandem_high_not_null";
-- 009-constraint: require a value in _pgtandem_low; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."ranges" ADD CONSTRAINT "_pgtandem_low_not_null_2" CHECK ("_pgtandem_low" IS NOT NULL) NOT VALID;
-- 010-constraint: require a value in _pgtandem_low; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."ranges" VALIDATE CONSTRAINT "_pgtandem_low_not_null_2";
-- 011-constraint: add check _pgtandem_low_first; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."ranges" ADD CONSTRAINT "_pgtandem_low_first" CHECK (("_pgtandem_low" < "high")) NOT VALID;
-- 012-constraint: add check _pgtandem_low_first; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."ranges" VALIDATE CONSTRAINT "_pgtandem_low_first";
-- 013-constraint: require a value in _pgtandem_low; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."spans" ADD CONSTRAINT "_pgtandem_low_not_null" CHECK ("_pgtandem_low" IS NOT NULL) NOT VALID;
-- 014-constraint: require a value in _pgtandem_low; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."spans" VALIDATE CONSTRAINT "_pgtandem_low_not_null";
-- 015-constraint: add check _pgtandem_spans_low_first; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."spans" ADD CONSTRAINT "_pgtandem_spans_low_first" CHECK (("_pgtandem_low" < "high")) NOT VALID;
-- 016-constraint: add check _pgtandem_spans_low_first; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."spans" VALIDATE CONSTRAINT "_pgtandem_spans_low_first";
-- 017-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."ranges";
CREATE VIEW "public_0001_migration"."ranges" WITH (security_invoker = true) AS
SELECT "id", "high", "_pgtandem_low" AS "low"
FROM "public"."ranges";
DROP VIEW IF EXISTS "public_0001_migration"."spans";
CREATE VIEW "public_0001_migration"."spans" WITH (security_invoker = true) AS
SELECT "high", "_pgtandem_low" AS "low"
FROM "public"."spans";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
