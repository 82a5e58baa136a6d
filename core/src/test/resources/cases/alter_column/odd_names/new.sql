INSERT INTO "order" ("User", "new", "old", "select") VALUES ({n}, 'n!', 'o!', 's!');
SELECT * FROM "order" WHERE "User" = {n};
UPDATE "order" SET "new" = 'm!', "found" = 'f!', "stored" = 's!', "search_path" = 'p!' WHERE "User" = {n};
DELETE FROM "order" WHERE "User" = {n};
