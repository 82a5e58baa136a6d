-- 001-storage: prepare table lines; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."lines" ADD COLUMN "_pgtandem_position" bigint;
CREATE VIEW "public_0000_baseline"."lines" WITH (security_invoker = true) AS
SELECT "order_id", "position", "product"
FROM "public"."lines";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_lines"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."position" IS DISTINCT FROM OLD."position" OR NEW."_pgtandem_position" IS NULL THEN
            NEW."_pgtandem_position" := NEW."position";
        END IF;
    ELSE
        IF NEW."_pgtandem_position" IS NULL THEN
            NEW."_pgtandem_position" := NEW."position";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."lines" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_lines"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."lines";
DROP VIEW IF EXISTS "public_0001_migration"."lines";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."lines";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_lines"();
ALTER TABLE "public"."lines" DROP COLUMN "position";
ALTER TABLE "public"."lines" RENAME COLUMN "_pgtandem_position" TO "position";
ALTER TABLE "public"."lines" ALTER COLUMN "position" SET NOT NULL;
ALTER TABLE "public"."lines" DROP CONSTRAINT "_pgtandem_position_not_null";
ALTER TABLE "public"."lines" ADD CONSTRAINT "_pgtandem_lines_pkey" PRIMARY KEY USING INDEX "_pgtandem_lines_pkey";
ALTER TABLE "public"."lines" RENAME CONSTRAINT "_pgtandem_lines_pkey" TO "lines_pkey";
ALTER INDEX "public"."_pgtandem_lines_key" RENAME TO "lines_key";
ALTER TABLE "public"."lines" REPLICA IDENTITY USING INDEX "lines_key";
ALTER TABLE "public"."lines" CLUSTER ON "lines_pkey";
CREATE VIEW "public_0000_baseline"."lines" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("order_id" integer, "position" integer, "product" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."lines" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_lines_key";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_lines_pkey";
DROP VIEW IF EXISTS "public_0000_baseline"."lines";
DROP VIEW IF EXISTS "public_0001_migration"."lines";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."lines";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_lines"();
ALTER TABLE IF EXISTS "public"."lines" DROP CONSTRAINT IF EXISTS "_pgtandem_position_not_null";
ALTER TABLE IF EXISTS "public"."lines" DROP COLUMN IF EXISTS "_pgtandem_position";
-- 002-backfill: fill new columns of lines
-- expand
UPDATE "public"."lines" AS new SET
    "_pgtandem_position" = CASE WHEN new."_pgtandem_position" IS NULL THEN (new."position")::bigint ELSE new."_pgtandem_position" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_position" IS NULL);
-- 003-backfill: keep table lines in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_lines"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."position" IS DISTINCT FROM OLD."position" THEN
            NEW."_pgtandem_position" := NEW."position";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_position" IS DISTINCT FROM OLD."_pgtandem_position" THEN
            NEW."position" := NEW."_pgtandem_position";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_position", "position" ON "public"."lines" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_lines"();
-- 004-index: create unique index _pgtandem_lines_pkey for primary key lines_pkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_lines_pkey";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_lines_pkey" ON "public"."lines" USING btree ("order_id", "_pgtandem_position") INCLUDE ("product");
-- 005-index: create index _pgtandem_lines_key; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_lines_key";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_lines_key" ON "public"."lines" USING btree ("_pgtandem_position", "order_id");
-- 006-constraint: require a value in _pgtandem_position; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."lines" ADD CONSTRAINT "_pgtandem_position_not_null" CHECK ("_pgtandem_position" IS NOT NULL) NOT VALID;
-- 007-constraint: require a value in _pgtandem_position; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."lines" VALIDATE CONSTRAINT "_pgtandem_position_not_null";
-- 008-constraint: add foreign key _pgtandem_deliveries_line; lock: SHARE ROW EXCLUSIVE
-- expand
ALTER TABLE "public"."deliveries" ADD CONSTRAINT "_pgtandem_deliveries_line" FOREIGN KEY ("position", "order_id") REFERENCES "public"."lines" ("_pgtandem_position", "order_id") MATCH FULL ON DELETE SET NULL ("position", "order_id") NOT VALID;
-- complete
ALTER TABLE IF EXISTS "public"."deliveries" DROP CONSTRAINT IF EXISTS "deliveries_line";
ALTER TABLE "public"."deliveries" DROP CONSTRAINT IF EXISTS "deliveries_line";
ALTER TABLE "public"."deliveries" RENAME CONSTRAINT "_pgtandem_deliveries_line" TO "deliveries_line";
CREATE VIEW "public_0000_baseline"."deliveries" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "order_id" integer, "position" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."deliveries" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."deliveries" DROP CONSTRAINT IF EXISTS "_pgtandem_deliveries_line";
-- 009-constraint: add foreign key _pgtandem_deliveries_line; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."deliveries" VALIDATE CONSTRAINT "_pgtandem_deliveries_line";
-- 010-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."lines";
CREATE VIEW "public_0001_migration"."lines" WITH (security_invoker = true) AS
SELECT "order_id", "product", "_pgtandem_position" AS "position"
FROM "public"."lines";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
