-- 001-storage: prepare table order; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_new" varchar(40);
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_old" varchar(40);
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_search_path" varchar(40);
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_tg_op" varchar(40);
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_value" varchar(40);
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_TG_OP" varchar(40);
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_select" varchar(40);
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_stored" varchar(40);
ALTER TABLE "public"."order" ADD COLUMN "_pgtandem_found" varchar(40);
CREATE VIEW "public_0000_baseline"."order" WITH (security_invoker = true) AS
SELECT "User", "new", "old", "search_path", "tg_op", "value", "TG_OP", "select", "stored", "found"
FROM "public"."order";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_order"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."new" IS DISTINCT FROM OLD."new" OR NEW."_pgtandem_new" IS NULL THEN
            NEW."_pgtandem_new" := (NEW."new" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."old" IS DISTINCT FROM OLD."old" OR NEW."_pgtandem_old" IS NULL THEN
            NEW."_pgtandem_old" := (NEW."old" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."search_path" IS DISTINCT FROM OLD."search_path" OR NEW."_pgtandem_search_path" IS NULL THEN
            NEW."_pgtandem_search_path" := (NEW."search_path" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."tg_op" IS DISTINCT FROM OLD."tg_op" OR NEW."_pgtandem_tg_op" IS NULL THEN
            NEW."_pgtandem_tg_op" := (NEW."tg_op" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."value" IS DISTINCT FROM OLD."value" OR NEW."_pgtandem_value" IS NULL THEN
            NEW."_pgtandem_value" := (NEW."value" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."TG_OP" IS DISTINCT FROM OLD."TG_OP" OR NEW."_pgtandem_TG_OP" IS NULL THEN
            NEW."_pgtandem_TG_OP" := (NEW."TG_OP" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."select" IS DISTINCT FROM OLD."select" OR NEW."_pgtandem_select" IS NULL THEN
            NEW."_pgtandem_select" := (NEW."select" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."stored" IS DISTINCT FROM OLD."stored" OR NEW."_pgtandem_stored" IS NULL THEN
            NEW."_pgtandem_stored" := (NEW."stored" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."found" IS DISTINCT FROM OLD."found" OR NEW."_pgtandem_found" IS NULL THEN
            NEW."_pgtandem_found" := (NEW."found" || '!'::text);
        END IF;
    ELSE
        IF NEW."_pgtandem_new" IS NULL THEN
            NEW."_pgtandem_new" := (NEW."new" || '!'::text);
        END IF;
        IF NEW."_pgtandem_old" IS NULL THEN
            NEW."_pgtandem_old" := (NEW."old" || '!'::text);
        END IF;
        IF NEW."_pgtandem_search_path" IS NULL THEN
            NEW."_pgtandem_search_path" := (NEW."search_path" || '!'::text);
        END IF;
        IF NEW."_pgtandem_tg_op" IS NULL THEN
            NEW."_pgtandem_tg_op" := (NEW."tg_op" || '!'::text);
        END IF;
        IF NEW."_pgtandem_value" IS NULL THEN
            NEW."_pgtandem_value" := (NEW."value" || '!'::text);
        END IF;
        IF NEW."_pgtandem_TG_OP" IS NULL THEN
            NEW."_pgtandem_TG_OP" := (NEW."TG_OP" || '!'::text);
        END IF;
        IF NEW."_pgtandem_select" IS NULL THEN
            NEW."_pgtandem_select" := (NEW."select" || '!'::text);
        END IF;
        IF NEW."_pgtandem_stored" IS NULL THEN
            NEW."_pgtandem_stored" := (NEW."stored" || '!'::text);
        END IF;
        IF NEW."_pgtandem_found" IS NULL THEN
            NEW."_pgtandem_found" := (NEW."found" || '!'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."order" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_order"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."order";
DROP VIEW IF EXISTS "public_0001_migration"."order";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."order";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_order"();
ALTER TABLE "public"."order" DROP COLUMN "new";
ALTER TABLE "public"."order" DROP COLUMN "old";
ALTER TABLE "public"."order" DROP COLUMN "search_path";
ALTER TABLE "public"."order" DROP COLUMN "tg_op";
ALTER TABLE "public"."order" DROP COLUMN "value";
ALTER TABLE "public"."order" DROP COLUMN "TG_OP";
ALTER TABLE "public"."order" DROP COLUMN "select";
ALTER TABLE "public"."order" DROP COLUMN "stored";
ALTER TABLE "public"."order" DROP COLUMN "found";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_new" TO "new";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_old" TO "old";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_search_path" TO "search_path";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_tg_op" TO "tg_op";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_value" TO "value";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_TG_OP" TO "TG_OP";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_select" TO "select";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_stored" TO "stored";
ALTER TABLE "public"."order" RENAME COLUMN "_pgtandem_found" TO "found";
ALTER INDEX "public"."_pgtandem_Select_2" RENAME TO "Select";
CREATE VIEW "public_0000_baseline"."order" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("User" bigint, "new" text, "old" text, "search_path" text, "tg_op" text, "value" text, "TG_OP" text, "select" text, "stored" text, "found" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."order" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_Select_2";
DROP VIEW IF EXISTS "public_0000_baseline"."order";
DROP VIEW IF EXISTS "public_0001_migration"."order";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."order";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_order"();
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_found";
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_stored";
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_select";
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_TG_OP";
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_value";
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_tg_op";
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_search_path";
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_old";
ALTER TABLE IF EXISTS "public"."order" DROP COLUMN IF EXISTS "_pgtandem_new";
-- 002-storage: prepare table User; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."User" ADD COLUMN "new" text;
CREATE VIEW "public_0000_baseline"."User" WITH (security_invoker = true) AS
SELECT "order", "old"
FROM "public"."User";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_User"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."old" IS DISTINCT FROM OLD."old" OR NEW."new" IS NULL THEN
            NEW."new" := (NEW."old" || '?'::text);
        END IF;
    ELSE
        IF NEW."new" IS NULL THEN
            NEW."new" := (NEW."old" || '?'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."User" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_User"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."User";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."User";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_User"();
CREATE VIEW "public_0000_baseline"."User" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("order" bigint, "old" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."User" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0000_baseline"."User";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."User";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_User"();
ALTER TABLE IF EXISTS "public"."User" DROP COLUMN IF EXISTS "new";
-- 003-backfill: fill new columns of order
-- expand
UPDATE "public"."order" AS new SET
    "_pgtandem_new" = CASE WHEN new."_pgtandem_new" IS NULL THEN ((new."new" || '!'::text))::character varying ELSE new."_pgtandem_new" END,
    "_pgtandem_old" = CASE WHEN new."_pgtandem_old" IS NULL THEN ((new."old" || '!'::text))::character varying ELSE new."_pgtandem_old" END,
    "_pgtandem_search_path" = CASE WHEN new."_pgtandem_search_path" IS NULL THEN ((new."search_path" || '!'::text))::character varying ELSE new."_pgtandem_search_path" END,
    "_pgtandem_tg_op" = CASE WHEN new."_pgtandem_tg_op" IS NULL THEN ((new."tg_op" || '!'::text))::character varying ELSE new."_pgtandem_tg_op" END,
    "_pgtandem_value" = CASE WHEN new."_pgtandem_value" IS NULL THEN ((new."value" || '!'::text))::character varying ELSE new."_pgtandem_value" END,
    "_pgtandem_TG_OP" = CASE WHEN new."_pgtandem_TG_OP" IS NULL THEN ((new."TG_OP" || '!'::text))::character varying ELSE new."_pgtandem_TG_OP" END,
    "_pgtandem_select" = CASE WHEN new."_pgtandem_select" IS NULL THEN ((new."select" || '!'::text))::character varying ELSE new."_pgtandem_select" END,
    "_pgtandem_stored" = CASE WHEN new."_pgtandem_stored" IS NULL THEN ((new."stored" || '!'::text))::character varying ELSE new."_pgtandem_stored" END,
    "_pgtandem_found" = CASE WHEN new."_pgtandem_found" IS NULL THEN ((new."found" || '!'::text))::character varying ELSE new."_pgtandem_found" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_new" IS NULL OR new."_pgtandem_old" IS NULL OR new."_pgtandem_search_path" IS NULL OR new."_pgtandem_tg_op" IS NULL OR new."_pgtandem_value" IS NULL OR new."_pgtandem_TG_OP" IS NULL OR new."_pgtandem_select" IS NULL OR new."_pgtandem_stored" IS NULL OR new."_pgtandem_found" IS NULL);
-- 004-backfill: keep table order in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_order"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."new" IS DISTINCT FROM OLD."new" THEN
            NEW."_pgtandem_new" := (NEW."new" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."old" IS DISTINCT FROM OLD."old" THEN
            NEW."_pgtandem_old" := (NEW."old" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."search_path" IS DISTINCT FROM OLD."search_path" THEN
            NEW."_pgtandem_search_path" := (NEW."search_path" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."tg_op" IS DISTINCT FROM OLD."tg_op" THEN
            NEW."_pgtandem_tg_op" := (NEW."tg_op" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."value" IS DISTINCT FROM OLD."value" THEN
            NEW."_pgtandem_value" := (NEW."value" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."TG_OP" IS DISTINCT FROM OLD."TG_OP" THEN
            NEW."_pgtandem_TG_OP" := (NEW."TG_OP" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."select" IS DISTINCT FROM OLD."select" THEN
            NEW."_pgtandem_select" := (NEW."select" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."stored" IS DISTINCT FROM OLD."stored" THEN
            NEW."_pgtandem_stored" := (NEW."stored" || '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."found" IS DISTINCT FROM OLD."found" THEN
            NEW."_pgtandem_found" := (NEW."found" || '!'::text);
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_found" IS DISTINCT FROM OLD."_pgtandem_found" THEN
            NEW."found" := rtrim((NEW."_pgtandem_found")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_stored" IS DISTINCT FROM OLD."_pgtandem_stored" THEN
            NEW."stored" := rtrim((NEW."_pgtandem_stored")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_select" IS DISTINCT FROM OLD."_pgtandem_select" THEN
            NEW."select" := rtrim((NEW."_pgtandem_select")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_TG_OP" IS DISTINCT FROM OLD."_pgtandem_TG_OP" THEN
            NEW."TG_OP" := rtrim((NEW."_pgtandem_TG_OP")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_value" IS DISTINCT FROM OLD."_pgtandem_value" THEN
            NEW."value" := rtrim((NEW."_pgtandem_value")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_tg_op" IS DISTINCT FROM OLD."_pgtandem_tg_op" THEN
            NEW."tg_op" := rtrim((NEW."_pgtandem_tg_op")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_search_path" IS DISTINCT FROM OLD."_pgtandem_search_path" THEN
            NEW."search_path" := rtrim((NEW."_pgtandem_search_path")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_old" IS DISTINCT FROM OLD."_pgtandem_old" THEN
            NEW."old" := rtrim((NEW."_pgtandem_old")::text, '!'::text);
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_new" IS DISTINCT FROM OLD."_pgtandem_new" THEN
            NEW."new" := rtrim((NEW."_pgtandem_new")::text, '!'::text);
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "TG_OP", "_pgtandem_TG_OP", "_pgtandem_found", "_pgtandem_new", "_pgtandem_old", "_pgtandem_search_path", "_pgtandem_select", "_pgtandem_stored", "_pgtandem_tg_op", "_pgtandem_value", "found", "new", "old", "search_path", "select", "stored", "tg_op", "value" ON "public"."order" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_order"();
-- 005-backfill: fill new columns of User
-- expand
UPDATE "public"."User" AS new SET
    "new" = CASE WHEN new."new" IS NULL THEN ((new."old" || '?'::text))::text ELSE new."new" END
WHERE new.ctid >= … AND new.ctid < … AND (new."new" IS NULL);
-- 006-backfill: keep table User in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_User"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."old" IS DISTINCT FROM OLD."old" THEN
            NEW."new" := (NEW."old" || '?'::text);
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        NULL;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "new", "old" ON "public"."User" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_User"();
-- 007-index: create index _pgtandem_Select_2; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_Select_2";
CREATE INDEX CONCURRENTLY "_pgtandem_Select_2" ON "public"."order" USING btree ("_pgtandem_select", lower(("_pgtandem_new")::text));
-- 008-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."order";
CREATE VIEW "public_0001_migration"."order" WITH (security_invoker = true) AS
SELECT "User", "_pgtandem_new" AS "new", "_pgtandem_old" AS "old", "_pgtandem_search_path" AS "search_path", "_pgtandem_tg_op" AS "tg_op", "_pgtandem_value" AS "value", "_pgtandem_TG_OP" AS "TG_OP", "_pgtandem_select" AS "select", "_pgtandem_stored" AS "stored", "_pgtandem_found" AS "found"
FROM "public"."order";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
