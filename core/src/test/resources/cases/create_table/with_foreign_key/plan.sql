-- 001-storage: create table orders
-- expand
CREATE TABLE "public"."orders" (
    "id" bigserial,
    "product_id" bigint NOT NULL,
    "Quantity" int NOT NULL,
    CONSTRAINT "orders_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "quantity_positive" CHECK ("Quantity" > 0
),
    CONSTRAINT "one_each" UNIQUE ("product_id", "Quantity"),
    CONSTRAINT "fk_product" FOREIGN KEY ("product_id") REFERENCES "public"."products" ("id") ON DELETE CASCADE
);
-- rollback
DROP TABLE IF EXISTS "public"."orders";
-- 002-version: make version 0001_migration live
-- expand
CREATE SCHEMA IF NOT EXISTS "public_0001_migration";
SELECT pgtandem.share_schema('public', 'public_0001_migration');
-- rollback
SELECT pgtandem.drop_schema('public_0001_migration');
