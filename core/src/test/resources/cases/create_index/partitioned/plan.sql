-- 001-index: create index by_name partition by partition; lock: SHARE
-- expand
CREATE INDEX IF NOT EXISTS "by_name" ON ONLY "public"."events" USING btree ("name" DESC, "at") WHERE ("note" IS NOT NULL);
-- complete
SELECT pgtandem.name_partition_indexes('"public"."by_name"');
CREATE VIEW "public_0000_baseline"."events" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "at" date, "name" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."events" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP INDEX IF EXISTS "public"."by_name";
SELECT pgtandem.drop_partition_indexes('"public"."events"', 'by_name');
-- 002-index: create index by_name partition by partition; lock: SHARE UPDATE EXCLUSIVE
-- expand
SELECT pgtandem.next_partition_index('"public"."events"', 'by_name', 'CREATE INDEX', 'USING btree ("name" DESC, "at") WHERE ("note" IS NOT NULL)');
-- 003-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
