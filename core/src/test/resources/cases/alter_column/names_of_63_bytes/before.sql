CREATE TABLE "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (
    id bigint CONSTRAINT pkey_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx PRIMARY KEY,
    "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" text NOT NULL,
    "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" text NOT NULL,
    note text
);
CREATE TABLE "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" (
    id bigint CONSTRAINT pkey_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy PRIMARY KEY,
    "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" text NOT NULL
);
INSERT INTO "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" SELECT n, n, n, 'note ' || n FROM generate_series(1, 40) AS n;
INSERT INTO "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" SELECT n, n FROM generate_series(1, 40) AS n;
CREATE INDEX by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ON "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy");
CREATE INDEX by_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy ON "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" ("price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
ALTER TABLE "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx CHECK ("price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" <> '');
ALTER TABLE "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT has_price_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy CHECK ("price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" <> '');
ALTER TABLE "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD CONSTRAINT once_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx UNIQUE ("price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
