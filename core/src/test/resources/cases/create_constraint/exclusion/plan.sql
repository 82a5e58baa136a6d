-- 001-constraint: add constraint apart; lock: ACCESS EXCLUSIVE
-- expand
LOCK TABLE "public"."products" IN ACCESS EXCLUSIVE MODE;
SELECT set_config('statement_timeout', current_setting('lock_timeout'), true);
ALTER TABLE "public"."products" ADD CONSTRAINT "apart" EXCLUDE USING btree ("id" WITH =) WHERE (("note" IS NOT NULL));
SELECT set_config('statement_timeout', '0', true);
-- complete
CREATE VIEW "public_0000_baseline"."products" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "name" character varying(80), "price" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."products" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
ALTER TABLE IF EXISTS "public"."products" DROP CONSTRAINT IF EXISTS "apart";
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
