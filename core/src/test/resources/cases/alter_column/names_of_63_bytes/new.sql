INSERT INTO "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (id, "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy") VALUES ({n}, '{n}!', '{n}!');
SELECT * FROM "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" WHERE id = {n};
UPDATE "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" SET "price_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" = 'b{n}!' WHERE id = {n};
DELETE FROM "products_ünïcödé_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" WHERE id = {n};
