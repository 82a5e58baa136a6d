-- 001-index: create unique index _pgtandem_seats_pkey for primary key seats_pkey; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_seats_pkey";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_seats_pkey" ON "public"."seats" USING btree ("hall", "seat");
-- complete
ALTER TABLE "public"."seats" DROP CONSTRAINT IF EXISTS "seats_once";
ALTER TABLE "public"."seats" DROP CONSTRAINT IF EXISTS "seats_pkey";
ALTER TABLE "public"."seats" ALTER COLUMN "seat" SET NOT NULL;
ALTER TABLE "public"."seats" DROP CONSTRAINT "_pgtandem_seat_not_null";
ALTER TABLE "public"."seats" ADD CONSTRAINT "_pgtandem_seats_pkey" PRIMARY KEY USING INDEX "_pgtandem_seats_pkey";
ALTER TABLE "public"."seats" ADD CONSTRAINT "_pgtandem_seats_once" UNIQUE USING INDEX "_pgtandem_seats_once";
ALTER TABLE "public"."seats" RENAME CONSTRAINT "_pgtandem_seats_pkey" TO "seats_pkey";
ALTER TABLE "public"."seats" RENAME CONSTRAINT "_pgtandem_seats_once" TO "seats_once";
CREATE VIEW "public_0000_baseline"."seats" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "hall" text, "seat" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."seats" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_seats_once";
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_seats_pkey";
ALTER TABLE IF EXISTS "public"."seats" DROP CONSTRAINT IF EXISTS "_pgtandem_seat_not_null";
-- 002-index: create unique index _pgtandem_seats_once for constraint seats_once; lock: SHARE UPDATE EXCLUSIVE
-- expand
DROP INDEX CONCURRENTLY IF EXISTS "public"."_pgtandem_seats_once";
CREATE UNIQUE INDEX CONCURRENTLY "_pgtandem_seats_once" ON "public"."seats" USING btree ("id");
-- 003-constraint: require a value in seat; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."seats" ADD CONSTRAINT "_pgtandem_seat_not_null" CHECK ("seat" IS NOT NULL) NOT VALID;
-- 004-constraint: require a value in seat; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."seats" VALIDATE CONSTRAINT "_pgtandem_seat_not_null";
-- 005-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- complete
ALTER TABLE IF EXISTS "public"."tickets" DROP CONSTRAINT IF EXISTS "tickets_seat";
ALTER TABLE "public"."tickets" DROP CONSTRAINT IF EXISTS "tickets_seat";
CREATE VIEW "public_0000_baseline"."tickets" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "seat_id" integer);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."tickets" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
