INSERT INTO a (id, x) VALUES ({n}, {n});
UPDATE a SET x = -{n} WHERE id = {n};
UPDATE a SET id = -{n} WHERE id = {n};
SELECT * FROM a WHERE id = -{n};
DELETE FROM a WHERE id = -{n};
UPDATE a SET x = {n} WHERE id = 1;
