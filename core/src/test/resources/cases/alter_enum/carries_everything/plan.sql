-- 001-storage: make enum types
-- expand
CREATE TYPE "public"."_pgtandem_Order State" AS ENUM ('draft', 'paid', 'open', 'lost ''n'' gone', 'sent');
COMMENT ON TYPE "public"."_pgtandem_Order State" IS 'where an order is';
-- 002-storage: prepare table orders; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" ADD COLUMN "_pgtandem_before" "public"."_pgtandem_Order State";
ALTER TABLE "public"."orders" ADD COLUMN "_pgtandem_state" "public"."_pgtandem_Order State";
ALTER TABLE "public"."orders" ALTER COLUMN "_pgtandem_state" SET DEFAULT 'paid';
COMMENT ON COLUMN "public"."orders"."_pgtandem_state" IS 'now';
CREATE VIEW "public_0000_baseline"."orders" WITH (security_invoker = true) AS
SELECT "id", "note", "is_over", "before", "state"
FROM "public"."orders";
ALTER VIEW "public_0000_baseline"."orders" ALTER COLUMN "state" SET DEFAULT 'open'::public."Order State";
COMMENT ON COLUMN "public_0000_baseline"."orders"."state" IS 'now';
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_orders"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."before"::text COLLATE "C" IS DISTINCT FROM OLD."before"::text COLLATE "C" OR NEW."_pgtandem_before" IS NULL THEN
            NEW."_pgtandem_before" := CASE (NEW."before")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."before")::text
        END;
        END IF;
        IF TG_OP = 'INSERT' OR NEW."state"::text COLLATE "C" IS DISTINCT FROM OLD."state"::text COLLATE "C" OR NEW."_pgtandem_state" IS NULL THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."state")::text
        END;
        END IF;
    ELSE
        IF NEW."_pgtandem_before" IS NULL THEN
            NEW."_pgtandem_before" := CASE (NEW."before")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."before")::text
        END;
        END IF;
        IF NEW."_pgtandem_state" IS NULL THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."state")::text
        END;
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."orders" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_orders"();
-- complete
ALTER TABLE IF EXISTS "public"."orders" DROP CONSTRAINT IF EXISTS "orders_state_fkey";
DROP VIEW IF EXISTS "public_0000_baseline"."orders";
DROP VIEW IF EXISTS "public_0001_migration"."orders";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."orders";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_orders"();
ALTER TABLE "public"."orders" DROP COLUMN "before";
ALTER TABLE "public"."orders" DROP COLUMN "state";
ALTER TABLE "public"."orders" RENAME COLUMN "_pgtandem_before" TO "before";
ALTER TABLE "public"."orders" RENAME COLUMN "_pgtandem_state" TO "state";
ALTER TABLE "public"."orders" ALTER COLUMN "state" SET NOT NULL;
ALTER TABLE "public"."orders" DROP CONSTRAINT "_pgtandem_state_not_null";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "_pgtandem_moved" TO "moved";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "_pgtandem_never_lost" TO "never_lost";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "_pgtandem_orders_state_fkey_2" TO "orders_state_fkey";
ALTER INDEX "public"."_pgtandem_one_paid" RENAME TO "one_paid";
ALTER INDEX "public"."_pgtandem_orders_open" RENAME TO "orders_open";
ALTER INDEX "public"."_pgtandem_orders_state" RENAME TO "orders_state";
ALTER STATISTICS "public"."_pgtandem_orders_states" RENAME TO "orders_states";
CREATE VIEW "public_0000_baseline"."orders" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "note" text, "is_over" boolean, "before" public."Order State", "state" public."Order State");
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."orders" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."orders" DROP CONSTRAINT IF EXISTS "_pgtandem_orders_state_fkey_2";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_orders_state";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_orders_open";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_one_paid";
DROP VIEW IF EXISTS "public_0000_baseline"."orders";
DROP VIEW IF EXISTS "public_0001_migration"."orders";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."orders";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_orders"();
DROP STATISTICS IF EXISTS "public"."_pgtandem_orders_states";
ALTER TABLE IF EXISTS "public"."orders" DROP CONSTRAINT IF EXISTS "_pgtandem_never_lost";
ALTER TABLE IF EXISTS "public"."orders" DROP CONSTRAINT IF EXISTS "_pgtandem_moved";
ALTER TABLE IF EXISTS "public"."orders" DROP CONSTRAINT IF EXISTS "_pgtandem_state_not_null";
ALTER TABLE IF EXISTS "public"."orders" DROP COLUMN IF EXISTS "_pgtandem_state";
ALTER TABLE IF EXISTS "public"."orders" DROP COLUMN IF EXISTS "_pgtandem_before";
-- 003-storage: prepare table states; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."states" ADD COLUMN "_pgtandem_state" "public"."_pgtandem_Order State";
CREATE VIEW "public_0000_baseline"."states" WITH (security_invoker = true) AS
SELECT "state", "words"
FROM "public"."states";
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_states"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."state"::text COLLATE "C" IS DISTINCT FROM OLD."state"::text COLLATE "C" OR NEW."_pgtandem_state" IS NULL THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."state")::text
        END;
        END IF;
    ELSE
        IF NEW."_pgtandem_state" IS NULL THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."state")::text
        END;
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."states" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_states"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."states";
DROP VIEW IF EXISTS "public_0001_migration"."states";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."states";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_states"();
ALTER TABLE "public"."states" DROP COLUMN "state";
ALTER TABLE "public"."states" RENAME COLUMN "_pgtandem_state" TO "state";
ALTER TABLE "public"."states" ALTER COLUMN "state" SET NOT NULL;
ALTER TABLE "public"."states" DROP CONSTRAINT "_pgtandem_state_not_null";
ALTER TABLE "public"."states" ADD CONSTRAINT "_pgtandem_states_pkey" PRIMARY KEY USING INDEX "_pgtandem_states_pkey";
ALTER TABLE "public"."states" RENAME CONSTRAINT "_pgtandem_states_pkey" TO "states_pkey";
CREATE VIEW "public_0000_baseline"."states" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("state" public."Order State", "words" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."states" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_states_pkey";
DROP VIEW IF EXISTS "public_0000_baseline"."states";
DROP VIEW IF EXISTS "public_0001_migration"."states";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."states";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_states"();
ALTER TABLE IF EXISTS "public"."states" DROP CONSTRAINT IF EXISTS "_pgtandem_state_not_null";
ALTER TABLE IF EXISTS "public"."states" DROP COLUMN IF EXISTS "_pgtandem_state";
-- 004-backfill: fill new columns of orders
-- expand
UPDATE "public"."orders" AS new SET
    "_pgtandem_before" = CASE WHEN new."_pgtandem_before" IS NULL THEN (CASE (new."before")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (new."before")::text
        END)::"public"."_pgtandem_Order State" ELSE new."_pgtandem_before" END,
    "_pgtandem_state" = CASE WHEN new."_pgtandem_state" IS NULL THEN (CASE (new."state")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (new."state")::text
        END)::"public"."_pgtandem_Order State" ELSE new."_pgtandem_state" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_before" IS NULL OR new."_pgtandem_state" IS NULL);
-- 005-backfill: keep table orders in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_orders"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."before"::text COLLATE "C" IS DISTINCT FROM OLD."before"::text COLLATE "C" THEN
            NEW."_pgtandem_before" := CASE (NEW."before")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."before")::text
        END;
        END IF;
        IF TG_OP = 'INSERT' OR NEW."state"::text COLLATE "C" IS DISTINCT FROM OLD."state"::text COLLATE "C" THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."state")::text
        END;
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_state"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_state"::text COLLATE "C" THEN
            NEW."state" := (
        CASE (NEW."_pgtandem_state")::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'lost ''n'' gone'::text THEN 'it''s lost'::text
            WHEN 'draft'::text THEN 'open'::text
            ELSE (NEW."_pgtandem_state")::text
        END)::public."Order State";
        END IF;
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_before"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_before"::text COLLATE "C" THEN
            NEW."before" := (
        CASE (NEW."_pgtandem_before")::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'lost ''n'' gone'::text THEN 'it''s lost'::text
            WHEN 'draft'::text THEN 'open'::text
            ELSE (NEW."_pgtandem_before")::text
        END)::public."Order State";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_before", "_pgtandem_state", "before", "state" ON "public"."orders" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_orders"();
-- 006-backfill: fill new columns of states
-- expand
UPDATE "public"."states" AS new SET
    "_pgtandem_state" = CASE WHEN new."_pgtandem_state" IS NULL THEN (CASE (new."state")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (new."state")::text
        END)::"public"."_pgtandem_Order State" ELSE new."_pgtandem_state" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_state" IS NULL);
-- 007-backfill: keep table states in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_states"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."state"::text COLLATE "C" IS DISTINCT FROM OLD."state"::text COLLATE "C" THEN
            NEW."_pgtandem_state" := CASE (NEW."state")::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'it''s lost'::text THEN 'lost ''n'' gone'::text
            WHEN 'done'::text THEN 'sent'::text
            ELSE (NEW."state")::text
        END;
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_state"::text COLLATE "C" IS DISTINCT FROM OLD."_pgtandem_state"::text COLLATE "C" THEN
            NEW."state" := (
        CASE (NEW."_pgtandem_state")::text
            WHEN 'paid'::text THEN 'open'::text
            WHEN 'open'::text THEN 'paid'::text
            WHEN 'lost ''n'' gone'::text THEN 'it''s lost'::text
            WHEN 'draft'::text THEN 'open'::text
            ELSE (NEW."_pgtandem_state")::text
        END)::public."Order State";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_state", "state" ON "public"."states" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_states"();
-- 008-index: create index _pgtandem_one_paid; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_one_paid";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_one_paid" ON "public"."orders" USING btree ("note") WHERE ("_pgtandem_state" = 'open'::public."_pgtandem_Order State");
-- 009-index: create index _pgtandem_orders_open; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_orders_open";
CREATE INDEX CONCURRENTLY "_pgtandem_orders_open" ON "public"."orders" USING btree ("id") WHERE (("_pgtandem_state" = 'paid'::public."_pgtandem_Order State") OR ("_pgtandem_before" = ANY (ARRAY['open'::public."_pgtandem_Order State", 'sent'::public."_pgtandem_Order State"])));
-- 010-index: create index _pgtandem_orders_state; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_orders_state";
CREATE INDEX CONCURRENTLY "_pgtandem_orders_state" ON "public"."orders" USING btree ("_pgtandem_state" DESC, "_pgtandem_before") INCLUDE ("note");
-- 011-index: create unique index _pgtandem_states_pkey for primary key states_pkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_states_pkey";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_states_pkey" ON "public"."states" USING btree ("_pgtandem_state");
-- 012-constraint: require a value in _pgtandem_state; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" ADD CONSTRAINT "_pgtandem_state_not_null" CHECK ("_pgtandem_state" IS NOT NULL) NOT VALID;
-- 013-constraint: require a value in _pgtandem_state; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "_pgtandem_state_not_null";
-- 014-constraint: add check _pgtandem_moved; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" ADD CONSTRAINT "_pgtandem_moved" CHECK (("_pgtandem_before" <> "_pgtandem_state")) NOT VALID;
-- 015-constraint: add check _pgtandem_moved; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "_pgtandem_moved";
-- 016-constraint: add check _pgtandem_never_lost; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" ADD CONSTRAINT "_pgtandem_never_lost" CHECK ((("_pgtandem_state" <> 'lost ''n'' gone'::public."_pgtandem_Order State") OR ("note" = 'lost'::text))) NOT VALID;
-- 017-constraint: add check _pgtandem_never_lost; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "_pgtandem_never_lost";
-- 018-constraint: create statistics _pgtandem_orders_states; lock: SHARE UPDATE EXCLUSIVE
-- expand
CREATE STATISTICS IF NOT EXISTS "public"."_pgtandem_orders_states" ON "_pgtandem_before", "_pgtandem_state" FROM "public"."orders";
-- 019-constraint: require a value in _pgtandem_state; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."states" ADD CONSTRAINT "_pgtandem_state_not_null" CHECK ("_pgtandem_state" IS NOT NULL) NOT VALID;
-- 020-constraint: require a value in _pgtandem_state; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."states" VALIDATE CONSTRAINT "_pgtandem_state_not_null";
-- 021-constraint: add foreign key _pgtandem_orders_state_fkey_2; lock: SHARE ROW EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" ADD CONSTRAINT "_pgtandem_orders_state_fkey_2" FOREIGN KEY ("_pgtandem_state") REFERENCES "public"."states" ("_pgtandem_state") NOT VALID;
-- 022-constraint: add foreign key _pgtandem_orders_state_fkey_2; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "_pgtandem_orders_state_fkey_2";
-- 023-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."orders";
CREATE VIEW "public_0001_migration"."orders" WITH (security_invoker = true) AS
SELECT "id", "note", "is_over", "_pgtandem_before" AS "before", "_pgtandem_state" AS "state"
FROM "public"."orders";
ALTER VIEW "public_0001_migration"."orders" ALTER COLUMN "state" SET DEFAULT 'paid';
COMMENT ON COLUMN "public_0001_migration"."orders"."state" IS 'now';
DROP VIEW IF EXISTS "public_0001_migration"."states";
CREATE VIEW "public_0001_migration"."states" WITH (security_invoker = true) AS
SELECT "words", "_pgtandem_state" AS "state"
FROM "public"."states";
ALTER TYPE "public"."_pgtandem_Order State" SET SCHEMA "public_0001_migration";
ALTER TYPE "public_0001_migration"."_pgtandem_Order State" RENAME TO "Order State";
-- complete
ALTER TYPE "public"."Order State" SET SCHEMA "public_0000_baseline";
ALTER TYPE "public_0001_migration"."Order State" SET SCHEMA "public";
-- rollback
DROP TYPE IF EXISTS "public_0001_migration"."Order State";
DROP TYPE IF EXISTS "public"."_pgtandem_Order State";
SELECT pgtandem.drop_schema('public_0001_migration');
