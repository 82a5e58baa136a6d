CREATE TABLE "order" (
    "User" bigint PRIMARY KEY,
    "new" text,
    "old" text,
    "search_path" text,
    "tg_op" text,
    "value" text,
    "TG_OP" text,
    "select" text,
    "stored" text,
    "found" text
);
INSERT INTO "order" SELECT n, n::text, n::text, n::text, n::text, n::text, n::text, n::text, n::text, n::text FROM generate_series(1, 40) AS n;
CREATE INDEX "Select" ON "order" ("select", lower("new"));
CREATE TABLE "User" ("order" bigint REFERENCES "order", "old" text);
INSERT INTO "User" SELECT n, n FROM generate_series(1, 40) AS n;
