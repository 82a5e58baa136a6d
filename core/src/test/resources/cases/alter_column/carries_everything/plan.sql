-- 001-storage: prepare table bookings; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD COLUMN "_pgtandem_code" varchar(120) COLLATE public.reversed;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET DEFAULT 'none'::text;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET STORAGE EXTERNAL;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET COMPRESSION pglz;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET STATISTICS 500;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET (n_distinct=7);
COMMENT ON COLUMN "public"."bookings"."_pgtandem_code" IS 'as on the door';
LOCK TABLE "public"."bookings" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."bookings" ADD COLUMN "_pgtandem_shouted" text GENERATED ALWAYS AS (upper(("_pgtandem_code")::text)) STORED;
SELECT set_config('statement_timeout', '0', true);
CREATE VIEW "public_0000_baseline"."bookings" WITH (security_invoker = true) AS
SELECT "id", "code", "during", "floor", "shouted"
FROM "public"."bookings";
ALTER VIEW "public_0000_baseline"."bookings" ALTER COLUMN "code" SET DEFAULT 'none'::text;
COMMENT ON COLUMN "public_0000_baseline"."bookings"."code" IS 'as on the door';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_bookings"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."code"::text COLLATE "C" IS DISTINCT FROM OLD."code"::text COLLATE "C" OR NEW."_pgtandem_code" IS NULL THEN
            NEW."_pgtandem_code" := NEW."code";
        END IF;
    ELSE
        IF NEW."_pgtandem_code" IS NULL THEN
            NEW."_pgtandem_code" := NEW."code";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."bookings" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_bookings"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."bookings";
DROP VIEW IF EXISTS "public_0001_migration"."bookings";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."bookings";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_bookings"();
ALTER TABLE "public"."bookings" DROP COLUMN "shouted";
ALTER TABLE "public"."bookings" DROP COLUMN "code";
ALTER TABLE "public"."bookings" RENAME COLUMN "_pgtandem_code" TO "code";
ALTER TABLE "public"."bookings" RENAME COLUMN "_pgtandem_shouted" TO "shouted";
ALTER TABLE "public"."bookings" ALTER COLUMN "code" SET NOT NULL;
ALTER TABLE "public"."bookings" DROP CONSTRAINT "_pgtandem_code_not_null";
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_code_plain" UNIQUE USING INDEX "_pgtandem_bookings_code_plain";
COMMENT ON CONSTRAINT "_pgtandem_bookings_code_plain" ON "public"."bookings" IS 'one booking a room';
COMMENT ON INDEX "public"."_pgtandem_bookings_lower" IS 'for the search';
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_code_key" TO "bookings_code_key";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_code_plain" TO "bookings_code_plain";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_code_length" TO "bookings_code_length";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_short" TO "bookings_short";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_room" TO "bookings_room";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_no_overlap" TO "bookings_no_overlap";
ALTER INDEX "public"."_pgtandem_bookings_lower" RENAME TO "bookings_lower";
ALTER INDEX "public"."_pgtandem_bookings_partial" RENAME TO "bookings_partial";
ALTER INDEX "public"."_pgtandem_bookings_shouted" RENAME TO "bookings_shouted";
ALTER STATISTICS "public"."_pgtandem_bookings_stats" RENAME TO "bookings_stats";
ALTER TABLE "public"."bookings" CLUSTER ON "bookings_lower";
CREATE VIEW "public_0000_baseline"."bookings" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "code" text COLLATE public.reversed, "during" tsrange, "floor" integer, "shouted" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."bookings" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_shouted";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_partial";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_lower";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_code_plain";
DROP VIEW IF EXISTS "public_0000_baseline"."bookings";
DROP VIEW IF EXISTS "public_0001_migration"."bookings";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."bookings";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_bookings"();
DROP STATISTICS IF EXISTS "public"."_pgtandem_bookings_stats";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_no_overlap";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_room";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_short";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_code_length";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_code_key";
ALTER TABLE IF EXISTS "public"."bookings" DROP COLUMN IF EXISTS "_pgtandem_shouted";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_code_not_null";
ALTER TABLE IF EXISTS "public"."bookings" DROP COLUMN IF EXISTS "_pgtandem_code";
-- 002-backfill: fill new columns of bookings
-- expand
UPDATE "public"."bookings" AS new SET
    "_pgtandem_code" = CASE WHEN new."_pgtandem_code" IS NULL THEN (new."code")::character varying ELSE new."_pgtandem_code" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_code" IS NULL);
-- 003-backfill: keep table bookings in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_bookings"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."code"::text COLLATE "C" IS DISTINCT FROM OLD."code"::text COLLATE "C" THEN
            NEW."_pgtandem_code" := NEW."code";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_code"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_code"::text COLLATE "C" THEN
            NEW."code" := NEW."_pgtandem_code";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_code", "code" ON "public"."bookings" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_bookings"();
-- 004-index: create unique index _pgtandem_bookings_code_plain for constraint bookings_code_plain; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_code_plain";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_bookings_code_plain" ON "public"."bookings" USING btree ("_pgtandem_code") INCLUDE ("floor");
-- 005-index: create index _pgtandem_bookings_lower; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_lower";
CREATE INDEX CONCURRENTLY "_pgtandem_bookings_lower" ON "public"."bookings" USING btree (lower(("_pgtandem_code")::text) text_pattern_ops DESC NULLS LAST, "floor");
-- 006-index: create index _pgtandem_bookings_partial; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_partial";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_bookings_partial" ON "public"."bookings" USING btree ("_pgtandem_code" COLLATE "C") INCLUDE ("floor") NULLS NOT DISTINCT WITH (fillfactor='80') WHERE (("floor" > 1) AND (("_pgtandem_code")::text <> ' WHERE '::text));
-- 007-index: create index _pgtandem_bookings_shouted; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_shouted";
CREATE INDEX CONCURRENTLY "_pgtandem_bookings_shouted" ON "public"."bookings" USING btree ("_pgtandem_shouted");
-- 008-constraint: require a value in _pgtandem_code; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_code_not_null" CHECK ("_pgtandem_code" IS NOT NULL) NOT VALID;
-- 009-constraint: require a value in _pgtandem_code; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" VALIDATE CONSTRAINT "_pgtandem_code_not_null";
-- 010-constraint: add constraint _pgtandem_bookings_code_key; lock: ACCESS EXCLUSIVE
-- expand
LOCK TABLE "public"."bookings" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_code_key" UNIQUE ("_pgtandem_code", "floor") DEFERRABLE INITIALLY DEFERRED;
SELECT set_config('statement_timeout', '0', true);
-- 011-constraint: add check _pgtandem_bookings_code_length; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_code_length" CHECK ((length(("_pgtandem_code")::text) < 100)) NOT VALID;
-- 012-constraint: add check _pgtandem_bookings_code_length; lock: SHARE UPDATE EXCLUSIVE
-- expand
COMMENT ON CONSTRAINT "_pgtandem_bookings_code_length" ON "public"."bookings" IS 'fits on the door';
-- 013-constraint: add check _pgtandem_bookings_code_length; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" VALIDATE CONSTRAINT "_pgtandem_bookings_code_length";
-- 014-constraint: add check _pgtandem_bookings_short; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_short" CHECK ((("_pgtandem_code")::text <> 'x'::text)) NOT VALID;
-- 015-constraint: add foreign key _pgtandem_bookings_room; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_room" FOREIGN KEY ("_pgtandem_code") REFERENCES "public"."rooms" ("code") ON UPDATE CASCADE ON DELETE SET DEFAULT NOT VALID;
-- 016-constraint: add foreign key _pgtandem_bookings_room; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" VALIDATE CONSTRAINT "_pgtandem_bookings_room";
-- 017-constraint: add constraint _pgtandem_bookings_no_overlap; lock: ACCESS EXCLUSIVE
-- expand
LOCK TABLE "public"."bookings" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_no_overlap" EXCLUDE USING btree ("_pgtandem_code" WITH =, "floor" WITH =) WHERE (("floor" > 3));
SELECT set_config('statement_timeout', '0', true);
-- 018-constraint: create statistics _pgtandem_bookings_stats; lock: SHARE UPDATE EXCLUSIVE
-- expand
CREATE STATISTICS IF NOT EXISTS "public"."_pgtandem_bookings_stats" (ndistinct, mcv) ON "_pgtandem_code", "floor" FROM "public"."bookings";
-- 019-constraint: create statistics _pgtandem_bookings_stats; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER STATISTICS "public"."_pgtandem_bookings_stats" SET STATISTICS 200;
-- 020-constraint: create statistics _pgtandem_bookings_stats; lock: SHARE UPDATE EXCLUSIVE
-- expand
COMMENT ON STATISTICS "public"."_pgtandem_bookings_stats" IS 'they hang together';
-- 021-constraint: add foreign key _pgtandem_keys_code_fkey; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."keys" ADD CONSTRAINT "_pgtandem_keys_code_fkey" FOREIGN KEY ("code") REFERENCES "public"."bookings" ("_pgtandem_code") DEFERRABLE INITIALLY DEFERRED NOT VALID;
-- complete
ALTER TABLE IF EXISTS "public"."keys" DROP CONSTRAINT IF EXISTS "keys_code_fkey";
ALTER TABLE "public"."keys" DROP CONSTRAINT IF EXISTS "keys_code_fkey";
ALTER TABLE "public"."keys" RENAME CONSTRAINT "_pgtandem_keys_code_fkey" TO "keys_code_fkey";
CREATE VIEW "public_0000_baseline"."keys" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "code" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."keys" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."keys" DROP CONSTRAINT IF EXISTS "_pgtandem_keys_code_fkey";
-- 022-constraint: add foreign key _pgtandem_keys_code_fkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."keys" VALIDATE CONSTRAINT "_pgtandem_keys_code_fkey";
-- 023-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."bookings";
CREATE VIEW "public_0001_migration"."bookings" WITH (security_invoker = true) AS
SELECT "id", "during", "floor", "_pgtandem_code" AS "code", "_pgtandem_shouted" AS "shouted"
FROM "public"."bookings";
ALTER VIEW "public_0001_migration"."bookings" ALTER COLUMN "code" SET DEFAULT 'none'::text;
COMMENT ON COLUMN "public_0001_migration"."bookings"."code" IS 'as on the door';
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
