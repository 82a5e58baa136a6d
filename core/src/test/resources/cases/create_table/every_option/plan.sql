-- 001-storage: create table bookings
-- expand
CREATE TABLE "public"."bookings" (
    "id" bigserial NOT NULL,
    "number" int NOT NULL GENERATED ALWAYS AS IDENTITY (START 1000 INCREMENT 5),
    "product_id" bigint,
    "room" int NOT NULL,
    "during" tsrange NOT NULL,
    "guest" text,
    "guest_key" text GENERATED ALWAYS AS (lower(guest)
) STORED,
    "replaces" bigint,
    CONSTRAINT "bookings_pkey" PRIMARY KEY ("id") INCLUDE ("room") WITH (fillfactor = 70) USING INDEX TABLESPACE "pg_default",
    CONSTRAINT "guest_in_room" UNIQUE NULLS NOT DISTINCT ("guest", "room") INCLUDE ("during") DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT "room_positive" CHECK (room > 0
) NO INHERIT,
    CONSTRAINT "no_overlap" EXCLUDE USING gist (during WITH &&
) WHERE (room = 1
) DEFERRABLE,
    CONSTRAINT "bookings_replaces_fkey" FOREIGN KEY ("replaces") REFERENCES "public"."bookings" ("id") ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT "of_product" FOREIGN KEY ("product_id") REFERENCES "public"."products" ("id") MATCH FULL ON DELETE SET DEFAULT ("product_id") DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON COLUMN "public"."bookings"."during" IS 'without a time zone';
-- rollback
DROP TABLE IF EXISTS "public"."bookings";
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
