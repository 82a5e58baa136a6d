-- 001-storage: prepare table guests; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."guests" ADD COLUMN "_pgtandem_booking_id" bigint;
CREATE VIEW "public_0000_baseline"."guests" WITH (security_invoker = true) AS
SELECT "id", "booking_id"
FROM "public"."guests";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_guests"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."booking_id" IS DISTINCT FROM OLD."booking_id" OR NEW."_pgtandem_booking_id" IS NULL THEN
            NEW."_pgtandem_booking_id" := NEW."booking_id";
        END IF;
    ELSE
        IF NEW."_pgtandem_booking_id" IS NULL THEN
            NEW."_pgtandem_booking_id" := NEW."booking_id";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."guests" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_guests"();
-- complete
ALTER TABLE IF EXISTS "public"."guests" DROP CONSTRAINT IF EXISTS "guests_booking";
DROP VIEW IF EXISTS "public_0000_baseline"."guests";
DROP VIEW IF EXISTS "public_0001_migration"."guests";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."guests";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_guests"();
ALTER TABLE "public"."guests" DROP COLUMN "booking_id";
ALTER TABLE "public"."guests" RENAME COLUMN "_pgtandem_booking_id" TO "booking_id";
ALTER TABLE "public"."guests" RENAME CONSTRAINT "_pgtandem_guests_booking_2" TO "guests_booking";
CREATE VIEW "public_0000_baseline"."guests" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "booking_id" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."guests" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."guests" DROP CONSTRAINT IF EXISTS "_pgtandem_guests_booking_2";
DROP VIEW IF EXISTS "public_0000_baseline"."guests";
DROP VIEW IF EXISTS "public_0001_migration"."guests";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."guests";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_guests"();
ALTER TABLE IF EXISTS "public"."guests" DROP COLUMN IF EXISTS "_pgtandem_booking_id";
-- 002-storage: prepare table bookings; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD COLUMN "_pgtandem_code" varchar(120) COLLATE public.reversed;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET DEFAULT 'none'::text;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET STORAGE EXTERNAL;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET COMPRESSION pglz;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET STATISTICS 500;
ALTER TABLE "public"."bookings" ALTER COLUMN "_pgtandem_code" SET (n_distinct=7);
COMMENT ON COLUMN "public"."bookings"."_pgtandem_code" IS 'as on the door';
GRANT SELECT ("_pgtandem_code") ON "public"."bookings" TO pg_monitor;
GRANT UPDATE ("_pgtandem_code") ON "public"."bookings" TO pg_monitor;
LOCK TABLE "public"."bookings" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."bookings" ADD COLUMN "_pgtandem_shouted" text GENERATED ALWAYS AS (upper(("_pgtandem_code")::text)) STORED;
SELECT set_config('statement_timeout', '0', true);
ALTER TABLE "public"."bookings" ADD COLUMN "_pgtandem_id" bigint;
GRANT SELECT ("_pgtandem_id") ON "public"."bookings" TO pg_monitor;
CREATE VIEW "public_0000_baseline"."bookings" AS
SELECT "id", "number", "code", "during", "floor", "shouted"
FROM "public"."bookings";
DO $pgtandem$
DECLARE
    other text;
BEGIN
    FOR other IN
        SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
        FROM pg_class, aclexplode(relacl)
        WHERE pg_class.oid = '"public_0000_baseline"."bookings"'::regclass AND grantee <> relowner
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s', '"public_0000_baseline"."bookings"', other);
    END LOOP;
END
$pgtandem$;
ALTER VIEW "public_0000_baseline"."bookings" ALTER COLUMN "number" SET DEFAULT nextval('public.bookings_number_seq'::regclass);
ALTER VIEW "public_0000_baseline"."bookings" ALTER COLUMN "code" SET DEFAULT 'none'::text;
COMMENT ON COLUMN "public_0000_baseline"."bookings"."code" IS 'as on the door';
GRANT SELECT ("code") ON "public_0000_baseline"."bookings" TO pg_monitor;
GRANT UPDATE ("code") ON "public_0000_baseline"."bookings" TO pg_monitor;
GRANT SELECT ("id") ON "public_0000_baseline"."bookings" TO pg_monitor;
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_bookings"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."code"::text COLLATE "C" IS DISTINCT FROM OLD."code"::text COLLATE "C" OR NEW."_pgtandem_code" IS NULL THEN
            NEW."_pgtandem_code" := NEW."code";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."_pgtandem_id" IS NULL THEN
            NEW."_pgtandem_id" := NEW."id";
        END IF;
    ELSE
        IF NEW."_pgtandem_code" IS NULL THEN
            NEW."_pgtandem_code" := NEW."code";
        END IF;
        IF NEW."_pgtandem_id" IS NULL THEN
            NEW."_pgtandem_id" := NEW."id";
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
ALTER SEQUENCE "public"."bookings_id_seq" RENAME TO "_pgtandem_old_bookings_id_seq";
CREATE SEQUENCE "public"."_pgtandem_kept_bookings_id_seq" AS bigint MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807 START WITH 1;
SELECT setval('"public"."_pgtandem_kept_bookings_id_seq"', last_value, is_called) FROM "public"."_pgtandem_old_bookings_id_seq";
ALTER TABLE "public"."bookings" DROP COLUMN "shouted";
ALTER TABLE "public"."bookings" DROP COLUMN "id";
ALTER TABLE "public"."bookings" DROP COLUMN "code";
ALTER TABLE "public"."bookings" RENAME COLUMN "_pgtandem_code" TO "code";
ALTER TABLE "public"."bookings" RENAME COLUMN "_pgtandem_shouted" TO "shouted";
ALTER TABLE "public"."bookings" RENAME COLUMN "_pgtandem_id" TO "id";
ALTER TABLE "public"."bookings" ALTER COLUMN "code" SET NOT NULL;
ALTER TABLE "public"."bookings" DROP CONSTRAINT "_pgtandem_code_not_null";
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_code_plain" UNIQUE USING INDEX "_pgtandem_bookings_code_plain";
COMMENT ON CONSTRAINT "_pgtandem_bookings_code_plain" ON "public"."bookings" IS 'one booking a room';
COMMENT ON INDEX "public"."_pgtandem_bookings_lower" IS 'for the search';
ALTER TABLE "public"."bookings" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "public"."bookings" DROP CONSTRAINT "_pgtandem_id_not_null";
ALTER TABLE "public"."bookings" ALTER COLUMN "id" ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME "public"."bookings_id_seq" START WITH 10 INCREMENT BY 2 CACHE 3 MINVALUE 4);
COMMENT ON SEQUENCE public.bookings_id_seq IS 'counts bookings';
SELECT setval('"public"."bookings_id_seq"', last_value, is_called) FROM "public"."_pgtandem_kept_bookings_id_seq";
DROP SEQUENCE "public"."_pgtandem_kept_bookings_id_seq";
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_pk" PRIMARY KEY USING INDEX "_pgtandem_bookings_pk";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_pk" TO "bookings_pk";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_code_key" TO "bookings_code_key";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_code_plain" TO "bookings_code_plain";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_code_length" TO "bookings_code_length";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_short" TO "bookings_short";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_room" TO "bookings_room";
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "_pgtandem_bookings_no_overlap" TO "bookings_no_overlap";
ALTER INDEX "public"."_pgtandem_bookings_lower" RENAME TO "bookings_lower";
ALTER INDEX "public"."_pgtandem_bookings_partial" RENAME TO "bookings_partial";
ALTER INDEX "public"."_pgtandem_bookings_replica_2" RENAME TO "bookings_replica";
ALTER INDEX "public"."_pgtandem_bookings_shouted" RENAME TO "bookings_shouted";
ALTER STATISTICS "public"."_pgtandem_bookings_stats" RENAME TO "bookings_stats";
ALTER TABLE "public"."bookings" REPLICA IDENTITY USING INDEX "bookings_replica";
ALTER TABLE "public"."bookings" CLUSTER ON "bookings_lower";
CREATE VIEW "public_0000_baseline"."bookings" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "number" integer, "code" text COLLATE public.reversed, "during" tsrange, "floor" integer, "shouted" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."bookings" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
GRANT SELECT ON "public_0000_baseline"."bookings" TO pg_monitor;
GRANT UPDATE ON "public_0000_baseline"."bookings" TO pg_monitor;
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_replica_2";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_pk";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_shouted";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_partial";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_lower";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_code_plain";
DROP VIEW IF EXISTS "public_0000_baseline"."bookings";
DROP VIEW IF EXISTS "public_0001_migration"."bookings";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."bookings";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_bookings"();
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_id_not_null";
ALTER TABLE IF EXISTS "public"."bookings" DROP COLUMN IF EXISTS "_pgtandem_id";
DROP STATISTICS IF EXISTS "public"."_pgtandem_bookings_stats";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_no_overlap";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_room";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_short";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_code_length";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_bookings_code_key";
ALTER TABLE IF EXISTS "public"."bookings" DROP COLUMN IF EXISTS "_pgtandem_shouted";
ALTER TABLE IF EXISTS "public"."bookings" DROP CONSTRAINT IF EXISTS "_pgtandem_code_not_null";
ALTER TABLE IF EXISTS "public"."bookings" DROP COLUMN IF EXISTS "_pgtandem_code";
-- 003-backfill: fill new columns of guests
-- expand
UPDATE "public"."guests" AS new SET
    "_pgtandem_booking_id" = CASE WHEN new."_pgtandem_booking_id" IS NULL THEN (new."booking_id")::bigint ELSE new."_pgtandem_booking_id" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_booking_id" IS NULL);
-- 004-backfill: keep table guests in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_guests"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."booking_id" IS DISTINCT FROM OLD."booking_id" THEN
            NEW."_pgtandem_booking_id" := NEW."booking_id";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_booking_id" IS DISTINCT FROM OLD."_pgtandem_booking_id" THEN
            NEW."booking_id" := NEW."_pgtandem_booking_id";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_booking_id", "booking_id" ON "public"."guests" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_guests"();
-- 005-backfill: fill new columns of bookings
-- expand
UPDATE "public"."bookings" AS new SET
    "_pgtandem_code" = CASE WHEN new."_pgtandem_code" IS NULL THEN (new."code")::character varying ELSE new."_pgtandem_code" END,
    "_pgtandem_id" = CASE WHEN new."_pgtandem_id" IS NULL THEN (new."id")::bigint ELSE new."_pgtandem_id" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_code" IS NULL OR new."_pgtandem_id" IS NULL);
-- 006-backfill: keep table bookings in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_bookings"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."code"::text COLLATE "C" IS DISTINCT FROM OLD."code"::text COLLATE "C" THEN
            NEW."_pgtandem_code" := NEW."code";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."id" IS DISTINCT FROM OLD."id" THEN
            NEW."_pgtandem_id" := NEW."id";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' AND NEW."_pgtandem_id" IS NULL THEN
            NEW."_pgtandem_id" := NEW."id";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_id" IS DISTINCT FROM OLD."_pgtandem_id" THEN
            NEW."id" := NEW."_pgtandem_id";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_code"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_code"::text COLLATE "C" THEN
            NEW."code" := NEW."_pgtandem_code";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_code", "_pgtandem_id", "code", "id" ON "public"."bookings" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_bookings"();
-- 007-index: create unique index _pgtandem_bookings_code_plain for constraint bookings_code_plain; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_code_plain";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_bookings_code_plain" ON "public"."bookings" USING btree ("_pgtandem_code") INCLUDE ("floor");
-- 008-index: create index _pgtandem_bookings_lower; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_lower";
CREATE INDEX CONCURRENTLY "_pgtandem_bookings_lower" ON "public"."bookings" USING btree (lower(("_pgtandem_code")::text) text_pattern_ops DESC NULLS LAST, "floor");
-- 009-index: create index _pgtandem_bookings_partial; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_partial";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_bookings_partial" ON "public"."bookings" USING btree ("_pgtandem_code" COLLATE "C") INCLUDE ("floor") NULLS NOT DISTINCT WITH (fillfactor='80') WHERE (("floor" > 1) AND (("_pgtandem_code")::text <> ' WHERE '::text));
-- 010-index: create index _pgtandem_bookings_shouted; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_shouted";
CREATE INDEX CONCURRENTLY "_pgtandem_bookings_shouted" ON "public"."bookings" USING btree ("_pgtandem_shouted");
-- 011-index: create unique index _pgtandem_bookings_pk for primary key bookings_pk; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_pk";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_bookings_pk" ON "public"."bookings" USING btree ("_pgtandem_id");
-- 012-index: create index _pgtandem_bookings_replica_2; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_bookings_replica_2";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_bookings_replica_2" ON "public"."bookings" USING btree ("_pgtandem_code", "_pgtandem_id");
-- 013-constraint: require a value in _pgtandem_code; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_code_not_null" CHECK ("_pgtandem_code" IS NOT NULL) NOT VALID;
-- 014-constraint: require a value in _pgtandem_code; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" VALIDATE CONSTRAINT "_pgtandem_code_not_null";
-- 015-constraint: add constraint _pgtandem_bookings_code_key; lock: ACCESS EXCLUSIVE
-- expand
LOCK TABLE "public"."bookings" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_code_key" UNIQUE ("_pgtandem_code", "floor") DEFERRABLE INITIALLY DEFERRED;
SELECT set_config('statement_timeout', '0', true);
-- 016-constraint: add check _pgtandem_bookings_code_length; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_code_length" CHECK ((length(("_pgtandem_code")::text) < 100)) NOT VALID;
-- 017-constraint: add check _pgtandem_bookings_code_length; lock: SHARE UPDATE EXCLUSIVE
-- expand
COMMENT ON CONSTRAINT "_pgtandem_bookings_code_length" ON "public"."bookings" IS 'fits on the door';
-- 018-constraint: add check _pgtandem_bookings_code_length; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" VALIDATE CONSTRAINT "_pgtandem_bookings_code_length";
-- 019-constraint: add check _pgtandem_bookings_short; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_short" CHECK ((("_pgtandem_code")::text <> 'x'::text)) NOT VALID;
-- 020-constraint: add foreign key _pgtandem_bookings_room; lock: SHARE ROW EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_room" FOREIGN KEY ("_pgtandem_code") REFERENCES "public"."rooms" ("code") ON UPDATE CASCADE ON DELETE SET DEFAULT NOT VALID;
-- 021-constraint: add foreign key _pgtandem_bookings_room; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" VALIDATE CONSTRAINT "_pgtandem_bookings_room";
-- 022-constraint: add constraint _pgtandem_bookings_no_overlap; lock: ACCESS EXCLUSIVE
-- expand
LOCK TABLE "public"."bookings" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_bookings_no_overlap" EXCLUDE USING btree ("_pgtandem_code" WITH =, "floor" WITH =) WHERE (("floor" > 3));
SELECT set_config('statement_timeout', '0', true);
-- 023-constraint: create statistics _pgtandem_bookings_stats; lock: SHARE UPDATE EXCLUSIVE
-- expand
CREATE STATISTICS IF NOT EXISTS "public"."_pgtandem_bookings_stats" (ndistinct, mcv) ON "_pgtandem_code", "floor" FROM "public"."bookings";
-- 024-constraint: create statistics _pgtandem_bookings_stats; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER STATISTICS "public"."_pgtandem_bookings_stats" SET STATISTICS 200;
-- 025-constraint: create statistics _pgtandem_bookings_stats; lock: SHARE UPDATE EXCLUSIVE
-- expand
COMMENT ON STATISTICS "public"."_pgtandem_bookings_stats" IS 'they hang together';
-- 026-constraint: add foreign key _pgtandem_keys_code_fkey; lock: SHARE ROW EXCLUSIVE
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
-- 027-constraint: add foreign key _pgtandem_keys_code_fkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."keys" VALIDATE CONSTRAINT "_pgtandem_keys_code_fkey";
-- 028-constraint: require a value in _pgtandem_id; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" ADD CONSTRAINT "_pgtandem_id_not_null" CHECK ("_pgtandem_id" IS NOT NULL) NOT VALID;
-- 029-constraint: require a value in _pgtandem_id; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."bookings" VALIDATE CONSTRAINT "_pgtandem_id_not_null";
-- 030-constraint: add foreign key _pgtandem_guests_booking_2; lock: SHARE ROW EXCLUSIVE
-- expand
ALTER TABLE "public"."guests" ADD CONSTRAINT "_pgtandem_guests_booking_2" FOREIGN KEY ("_pgtandem_booking_id") REFERENCES "public"."bookings" ("_pgtandem_id") MATCH FULL ON DELETE CASCADE DEFERRABLE NOT VALID;
-- 031-constraint: add foreign key _pgtandem_guests_booking_2; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."guests" VALIDATE CONSTRAINT "_pgtandem_guests_booking_2";
-- 032-constraint: add foreign key _pgtandem_bills_booking_2; lock: SHARE ROW EXCLUSIVE
-- expand
ALTER TABLE "public"."bills" ADD CONSTRAINT "_pgtandem_bills_booking_2" FOREIGN KEY ("booking_id", "code") REFERENCES "public"."bookings" ("_pgtandem_id", "_pgtandem_code") ON DELETE SET NULL ("code") NOT VALID;
-- complete
ALTER TABLE IF EXISTS "public"."bills" DROP CONSTRAINT IF EXISTS "bills_booking";
ALTER TABLE "public"."bills" DROP CONSTRAINT IF EXISTS "bills_booking";
ALTER TABLE "public"."bills" RENAME CONSTRAINT "_pgtandem_bills_booking_2" TO "bills_booking";
CREATE VIEW "public_0000_baseline"."bills" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "booking_id" integer, "code" text COLLATE public.reversed);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."bills" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."bills" DROP CONSTRAINT IF EXISTS "_pgtandem_bills_booking_2";
-- 033-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."bookings";
CREATE VIEW "public_0001_migration"."bookings" AS
SELECT "number", "during", "floor", "_pgtandem_code" AS "code", "_pgtandem_shouted" AS "shouted", "_pgtandem_id" AS "id"
FROM "public"."bookings";
DO $pgtandem$
DECLARE
    other text;
BEGIN
    FOR other IN
        SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
        FROM pg_class, aclexplode(relacl)
        WHERE pg_class.oid = '"public_0001_migration"."bookings"'::regclass AND grantee <> relowner
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM %s', '"public_0001_migration"."bookings"', other);
    END LOOP;
END
$pgtandem$;
ALTER VIEW "public_0001_migration"."bookings" ALTER COLUMN "number" SET DEFAULT nextval('public.bookings_number_seq'::regclass);
ALTER VIEW "public_0001_migration"."bookings" ALTER COLUMN "code" SET DEFAULT 'none'::text;
COMMENT ON COLUMN "public_0001_migration"."bookings"."code" IS 'as on the door';
GRANT SELECT ("code") ON "public_0001_migration"."bookings" TO pg_monitor;
GRANT UPDATE ("code") ON "public_0001_migration"."bookings" TO pg_monitor;
GRANT SELECT ("id") ON "public_0001_migration"."bookings" TO pg_monitor;
DROP VIEW IF EXISTS "public_0001_migration"."guests";
CREATE VIEW "public_0001_migration"."guests" WITH (security_invoker = true) AS
SELECT "id", "_pgtandem_booking_id" AS "booking_id"
FROM "public"."guests";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
