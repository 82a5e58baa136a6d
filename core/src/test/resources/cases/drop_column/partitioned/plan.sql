-- 001-storage: prepare table events; lock: SHARE ROW EXCLUSIVE
-- expand
CREATE OR REPLACE FUNCTION "public"."_pgtandem_sync_events"() RETURNS trigger LANGUAGE plpgsql AS $pgtandem$
BEGIN
    IF TG_OP = 'INSERT' AND current_setting('pgtandem.moving', true) = hashtextextended(ROW(NEW."at", NEW."id", NEW."name", NEW."note")::text, 0)::text THEN
        PERFORM set_config('pgtandem.moving', '', true);
        RETURN NEW;
    END IF;
    IF current_schema() IN ('public_0000_baseline', 'public') THEN
        NULL;
    ELSIF current_schema() IN ('public_0001_migration') THEN
        IF TG_OP = 'INSERT' OR NEW."name" IS DISTINCT FROM OLD."name" THEN
            NEW."note" := NEW."name";
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW."at" IS DISTINCT FROM OLD."at" OR NEW."id" IS DISTINCT FROM OLD."id") THEN
        PERFORM set_config('pgtandem.moving', hashtextextended(ROW(NEW."at", NEW."id", NEW."name", NEW."note")::text, 0)::text, true);
    END IF;
    RETURN NEW;
END
$pgtandem$;
CREATE OR REPLACE TRIGGER "~pgtandem_sync" BEFORE INSERT OR UPDATE OF "at", "id", "name", "note" ON "public"."events" FOR EACH ROW EXECUTE FUNCTION "public"."_pgtandem_sync_events"();
-- complete
DROP VIEW IF EXISTS "public_0001_migration"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
ALTER TABLE "public"."events" DROP COLUMN "note";
CREATE VIEW "public_0000_baseline"."events" AS
SELECT * FROM pgtandem.tombstone('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old') AS gone ("id" bigint, "at" date, "name" text, "note" text);
CREATE TRIGGER pgtandem_tombstone INSTEAD OF INSERT OR UPDATE OR DELETE ON "public_0000_baseline"."events" FOR EACH ROW EXECUTE FUNCTION pgtandem.refuse_write('schema version 0000_baseline was retired by completing 0001_migration; this instance is too old');
-- rollback
DROP VIEW IF EXISTS "public_0001_migration"."events";
DROP TRIGGER IF EXISTS "~pgtandem_sync" ON "public"."events";
DROP FUNCTION IF EXISTS "public"."_pgtandem_sync_events"();
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
DROP VIEW IF EXISTS "public_0001_migration"."events";
CREATE VIEW "public_0001_migration"."events" WITH (security_invoker = true) AS
SELECT "id", "at", "name"
FROM "public"."events";
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
