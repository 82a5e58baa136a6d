INSERT INTO "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" VALUES ({n}, '{n}', '{n}');
SELECT * FROM "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" WHERE id = {n};
UPDATE "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" SET "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" = 'a{n}' WHERE id = {n};
UPDATE "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" SET "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" = 'a{n}' WHERE id = 1 + {n} % 40;
DELETE FROM "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" WHERE id = {n};
