-- 001-storage: prepare table products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD COLUMN "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" varchar(40);
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD COLUMN "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" varchar(40);
CREATE VIEW "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" WITH (security_invoker = true) AS
SELECT "id", "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy", "note"
FROM "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf3f"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS DISTINCT FROM OLD."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" OR NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NULL THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" IS DISTINCT FROM OLD."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" OR NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" IS NULL THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" || '!'::text);
        END IF;
    ELSE
        IF NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NULL THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" || '!'::text);
        END IF;
        IF NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" IS NULL THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" || '!'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf3f"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
DROP VIEW IF EXISTS "public_0001_migration"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf3f"();
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP COLUMN "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP COLUMN "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" RENAME COLUMN "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" TO "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" RENAME COLUMN "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" TO "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ALTER COLUMN "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" SET NOT NULL;
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_85581e38";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT "_pgtandem_once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_adb8f220" UNIQUE USING INDEX "_pgtandem_once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_adb8f220";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ALTER COLUMN "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" SET NOT NULL;
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_79a18f57";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" RENAME CONSTRAINT "_pgtandem_once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_adb8f220" TO "once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" RENAME CONSTRAINT "_pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f67f" TO "has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" RENAME CONSTRAINT "_pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f680" TO "has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
ALTER INDEX "public"."_pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e240_2" RENAME TO "by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE VIEW "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" text, "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e240_2";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_adb8f220";
DROP VIEW IF EXISTS "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
DROP VIEW IF EXISTS "public_0001_migration"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf3f"();
ALTER TABLE IF EXISTS "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP CONSTRAINT IF EXISTS "_pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f680";
ALTER TABLE IF EXISTS "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP CONSTRAINT IF EXISTS "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_79a18f57";
ALTER TABLE IF EXISTS "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP COLUMN IF EXISTS "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db";
ALTER TABLE IF EXISTS "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP CONSTRAINT IF EXISTS "_pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f67f";
ALTER TABLE IF EXISTS "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP CONSTRAINT IF EXISTS "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_85581e38";
ALTER TABLE IF EXISTS "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DROP COLUMN IF EXISTS "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da";
-- 002-storage: prepare table products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" ADD COLUMN "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" varchar(40);
CREATE VIEW "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" WITH (security_invoker = true) AS
SELECT "id", "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
FROM "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf40"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS DISTINCT FROM OLD."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" OR NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NULL THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" || '!'::text);
        END IF;
    ELSE
        IF NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NULL THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" || '!'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf40"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
DROP VIEW IF EXISTS "public_0001_migration"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf40"();
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" DROP COLUMN "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" RENAME COLUMN "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" TO "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" ALTER COLUMN "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" SET NOT NULL;
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" DROP CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_85581e38";
ALTER INDEX "public"."_pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e241" RENAME TO "by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
CREATE VIEW "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e241";
DROP VIEW IF EXISTS "public_0000_baseline"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
DROP VIEW IF EXISTS "public_0001_migration"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf40"();
ALTER TABLE IF EXISTS "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" DROP CONSTRAINT IF EXISTS "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_85581e38";
ALTER TABLE IF EXISTS "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" DROP COLUMN IF EXISTS "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da";
-- 003-backfill: fill new columns of products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
-- expand
UPDATE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS new SET
    "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" = CASE WHEN new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NULL THEN ((new."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" || '!'::text))::character varying ELSE new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" END,
    "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" = CASE WHEN new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" IS NULL THEN ((new."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" || '!'::text))::character varying ELSE new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NULL OR new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" IS NULL);
-- 004-backfill: keep table products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf3f"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS DISTINCT FROM OLD."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" IS DISTINCT FROM OLD."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" || '!'::text);
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" IS DISTINCT FROM OLD."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" THEN
            NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" := rtrim((NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS DISTINCT FROM OLD."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" THEN
            NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" := rtrim((NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da")::text, '!'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da", "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db", "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf3f"();
-- 005-backfill: fill new columns of products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy
-- expand
UPDATE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" AS new SET
    "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" = CASE WHEN new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NULL THEN ((new."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" || '!'::text))::character varying ELSE new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NULL);
-- 006-backfill: keep table products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf40"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS DISTINCT FROM OLD."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" THEN
            NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" := (NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" || '!'::text);
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS DISTINCT FROM OLD."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" THEN
            NEW."price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" := rtrim((NEW."_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da")::text, '!'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da", "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_products_ünïcödé_xxxxxxxxxxxxxxxxxx_88b2bf40"();
-- 007-index: create unique index _pgtandem_once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_adb8f220 for constraint once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_adb8f220";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_adb8f220" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" USING btree ("_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da");
-- 008-index: create index _pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e240_2; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e240_2";
CREATE INDEX CONCURRENTLY "_pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e240_2" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" USING btree ("_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da", "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db");
-- 009-index: create index _pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e241; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e241";
CREATE INDEX CONCURRENTLY "_pgtandem_by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_cca1e241" ON "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" USING btree ("_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da");
-- 010-constraint: require a value in _pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_85581e38" CHECK ("_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NOT NULL) NOT VALID;
-- 011-constraint: require a value in _pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" VALIDATE CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_85581e38";
-- 012-constraint: add check _pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f67f; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT "_pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f67f" CHECK ((("_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da")::text <> ''::text)) NOT VALID;
-- 013-constraint: add check _pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f67f; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" VALIDATE CONSTRAINT "_pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f67f";
-- 014-constraint: require a value in _pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_79a18f57" CHECK ("_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" IS NOT NULL) NOT VALID;
-- 015-constraint: require a value in _pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" VALIDATE CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_79a18f57";
-- 016-constraint: add check _pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f680; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT "_pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f680" CHECK ((("_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db")::text <> ''::text)) NOT VALID;
-- 017-constraint: add check _pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f680; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" VALIDATE CONSTRAINT "_pgtandem_has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_e454f680";
-- 018-constraint: require a value in _pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" ADD CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_85581e38" CHECK ("_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" IS NOT NULL) NOT VALID;
-- 019-constraint: require a value in _pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" VALIDATE CONSTRAINT "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_85581e38";
-- 020-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE VIEW "public_0001_migration"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" WITH (security_invoker = true) AS
SELECT "id", "note", "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" AS "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7db" AS "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy"
FROM "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
DROP VIEW IF EXISTS "public_0001_migration"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
CREATE VIEW "public_0001_migration"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" WITH (security_invoker = true) AS
SELECT "id", "_pgtandem_price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxx_7da0e7da" AS "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
FROM "public"."products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
