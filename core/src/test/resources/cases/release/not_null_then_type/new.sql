INSERT INTO a (id, x, lo) VALUES ({n}, 1, 2);
SELECT * FROM a WHERE id = {n};
UPDATE a SET lo = 3 WHERE id = {n};
UPDATE a SET x = NULL WHERE id = {n};
UPDATE a SET lo = {n} WHERE id = 2;
DELETE FROM a WHERE id = {n};
