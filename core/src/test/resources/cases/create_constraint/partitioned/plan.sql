-- 001-index: create unique index once partition by partition for constraint once; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.next_partition_key('"public"."events"', 'once', 'UNIQUE ("name", "at")', 'USING btree ("name", "at")', true);
-- complete
SELECT pgtandem.name_partition_indexes('"public"."once"');
CREATE VIEW "public_0000_baseline"."events" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" integer, "at" date, "name" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."events" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "named";
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "kind";
SELECT pgtandem.drop_partition_constraints('"public"."events"', 'kind');
ALTER TABLE IF EXISTS "public"."events" DROP CONSTRAINT IF EXISTS "once";
SELECT pgtandem.drop_partition_indexes('"public"."events"', 'once');
-- 002-constraint: add foreign key kind; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.next_partition_foreign_key('"public"."events"', 'kind', 'FOREIGN KEY ("id") REFERENCES "public"."kinds" ("id")');
-- 003-constraint: add check named; lock: ACCESS EXCLUSIVE
-- expand
ALTER TABLE "public"."events" ADD CONSTRAINT "named" CHECK ((length("name") > 0)) NOT VALID;
-- 004-constraint: add check named; lock: SHARE UPDATE EXCLUSIVE
-- expand
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "named";
-- 005-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
