-- 001-storage: prepare table orders; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" ADD COLUMN "_pgtandem_user_id" bigint;
CREATE VIEW "public_0000_baseline"."orders" WITH (security_invoker = true) AS
SELECT "id", "user_id"
FROM "public"."orders";
ALTER VIEW "public_0000_baseline"."orders" ALTER COLUMN "id" SET DEFAULT nextval('public.orders_id_seq'::regclass);
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_orders"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."user_id" IS DISTINCT FROM OLD."user_id" OR NEW."_pgtandem_user_id" IS NULL THEN
            NEW."_pgtandem_user_id" := NEW."user_id";
        END IF;
    ELSE
        IF NEW."_pgtandem_user_id" IS NULL THEN
            NEW."_pgtandem_user_id" := NEW."user_id";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."orders" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_orders"();
-- complete
ALTER TABLE IF EXISTS "public"."orders" DROP CONSTRAINT IF EXISTS "orders_user_id_fkey";
DROP VIEW IF EXISTS "public_0000_baseline"."orders";
DROP VIEW IF EXISTS "public_0001_migration"."orders";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."orders";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_orders"();
ALTER TABLE "public"."orders" DROP COLUMN "user_id";
ALTER TABLE "public"."orders" RENAME COLUMN "_pgtandem_user_id" TO "user_id";
ALTER TABLE "public"."orders" ALTER COLUMN "user_id" SET NOT NULL;
ALTER TABLE "public"."orders" DROP CONSTRAINT "_pgtandem_user_id_not_null";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "_pgtandem_orders_user_id_fkey_2" TO "orders_user_id_fkey";
ALTER INDEX "public"."_pgtandem_orders_by_user" RENAME TO "orders_by_user";
CREATE VIEW "public_0000_baseline"."orders" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "user_id" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."orders" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."orders" DROP CONSTRAINT IF EXISTS "_pgtandem_orders_user_id_fkey_2";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_orders_by_user";
DROP VIEW IF EXISTS "public_0000_baseline"."orders";
DROP VIEW IF EXISTS "public_0001_migration"."orders";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."orders";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_orders"();
ALTER TABLE IF EXISTS "public"."orders" DROP CONSTRAINT IF EXISTS "_pgtandem_user_id_not_null";
ALTER TABLE IF EXISTS "public"."orders" DROP COLUMN IF EXISTS "_pgtandem_user_id";
-- 002-storage: prepare table users; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."users" ADD COLUMN "_pgtandem_id" bigint;
CREATE VIEW "public_0000_baseline"."users" WITH (security_invoker = true) AS
SELECT "id", "email"
FROM "public"."users";
ALTER VIEW "public_0000_baseline"."users" ALTER COLUMN "id" SET DEFAULT nextval('public.users_id_seq'::regclass);
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_users"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."id" IS DISTINCT FROM OLD."id" OR NEW."_pgtandem_id" IS NULL THEN
            NEW."_pgtandem_id" := NEW."id";
        END IF;
    ELSE
        IF NEW."_pgtandem_id" IS NULL THEN
            NEW."_pgtandem_id" := NEW."id";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE ON "public"."users" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_users"();
-- complete
DROP VIEW IF EXISTS "public_0000_baseline"."users";
DROP VIEW IF EXISTS "public_0001_migration"."users";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."users";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_users"();
ALTER SEQUENCE "public"."users_id_seq" OWNED BY "public"."users"."_pgtandem_id";
ALTER SEQUENCE "public"."users_id_seq" AS bigint;
ALTER TABLE "public"."users" DROP COLUMN "id";
ALTER TABLE "public"."users" RENAME COLUMN "_pgtandem_id" TO "id";
ALTER TABLE "public"."users" ALTER COLUMN "id" SET DEFAULT nextval('public.users_id_seq'::regclass);
ALTER TABLE "public"."users" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "public"."users" DROP CONSTRAINT "_pgtandem_id_not_null";
ALTER TABLE "public"."users" ADD CONSTRAINT "_pgtandem_pk_users" PRIMARY KEY USING INDEX "_pgtandem_pk_users";
ALTER TABLE "public"."users" RENAME CONSTRAINT "_pgtandem_pk_users" TO "pk_users";
CREATE VIEW "public_0000_baseline"."users" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "email" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."users" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_pk_users";
DROP VIEW IF EXISTS "public_0000_baseline"."users";
DROP VIEW IF EXISTS "public_0001_migration"."users";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."users";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_users"();
ALTER TABLE IF EXISTS "public"."users" DROP CONSTRAINT IF EXISTS "_pgtandem_id_not_null";
ALTER TABLE IF EXISTS "public"."users" DROP COLUMN IF EXISTS "_pgtandem_id";
-- 003-backfill: fill new columns of orders
-- expand
UPDATE "public"."orders" AS new SET
    "_pgtandem_user_id" = CASE WHEN new."_pgtandem_user_id" IS NULL THEN (new."user_id")::bigint ELSE new."_pgtandem_user_id" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_user_id" IS NULL);
-- 004-backfill: keep table orders in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_orders"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        IF TG_OP = 'INSERT' OR NEW."user_id" IS DISTINCT FROM OLD."user_id" THEN
            NEW."_pgtandem_user_id" := NEW."user_id";
        END IF;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."_pgtandem_user_id" IS DISTINCT FROM OLD."_pgtandem_user_id" THEN
            NEW."user_id" := NEW."_pgtandem_user_id";
        END IF;
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_user_id", "user_id" ON "public"."orders" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_orders"();
-- 005-backfill: fill new columns of users
-- expand
UPDATE "public"."users" AS new SET
    "_pgtandem_id" = CASE WHEN new."_pgtandem_id" IS NULL THEN (new."id")::bigint ELSE new."_pgtandem_id" END
WHERE new.ctid >= … AND new.ctid < … AND (new."_pgtandem_id" IS NULL);
-- 006-backfill: keep table users in step; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_users"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
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
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "_pgtandem_id", "id" ON "public"."users" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_users"();
-- 007-index: create index _pgtandem_orders_by_user; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_orders_by_user";
CREATE INDEX CONCURRENTLY "_pgtandem_orders_by_user" ON "public"."orders" USING btree ("_pgtandem_user_id" DESC) INCLUDE ("id");
-- 008-index: create unique index _pgtandem_pk_users for primary key pk_users; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_pk_users";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_pk_users" ON "public"."users" USING btree ("_pgtandem_id");
-- 009-constraint: require a value in _pgtandem_user_id; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" ADD CONSTRAINT "_pgtandem_user_id_not_null" CHECK ("_pgtandem_user_id" IS NOT NULL) NOT VALID;
-- 010-constraint: require a value in _pgtandem_user_id; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "_pgtandem_user_id_not_null";
-- 011-constraint: require a value in _pgtandem_id; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."users" ADD CONSTRAINT "_pgtandem_id_not_null" CHECK ("_pgtandem_id" IS NOT NULL) NOT VALID;
-- 012-constraint: require a value in _pgtandem_id; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "_pgtandem_id_not_null";
-- 013-constraint: add foreign key _pgtandem_orders_user_id_fkey_2; lock: SHARE ROW EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" ADD CONSTRAINT "_pgtandem_orders_user_id_fkey_2" FOREIGN KEY ("_pgtandem_user_id") REFERENCES "public"."users" ("_pgtandem_id") ON UPDATE CASCADE NOT VALID;
-- 014-constraint: add foreign key _pgtandem_orders_user_id_fkey_2; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "_pgtandem_orders_user_id_fkey_2";
-- 015-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."orders";
CREATE VIEW "public_0001_migration"."orders" WITH (security_invoker = true) AS
SELECT "id", "_pgtandem_user_id" AS "user_id"
FROM "public"."orders";
ALTER VIEW "public_0001_migration"."orders" ALTER COLUMN "id" SET DEFAULT nextval('public.orders_id_seq'::regclass);
DROP VIEW IF EXISTS "public_0001_migration"."users";
CREATE VIEW "public_0001_migration"."users" WITH (security_invoker = true) AS
SELECT "email", "_pgtandem_id" AS "id"
FROM "public"."users";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
