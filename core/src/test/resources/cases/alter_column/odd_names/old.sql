INSERT INTO "order" ("User", "new", "old") VALUES ({n}, 'n', 'o');
SELECT * FROM "order" WHERE "User" = {n};
UPDATE "order" SET "new" = 'n', "old" = 'o', "tg_op" = 't', "TG_OP" = 'T', "value" = 'v' WHERE "User" = {n};
UPDATE "User" SET "old" = 'o{n}' WHERE "order" = 1 + {n} % 40;
DELETE FROM "order" WHERE "User" = {n};
