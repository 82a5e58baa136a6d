INSERT INTO a (id, x) VALUES ({n}, {n});
SELECT * FROM a WHERE id = {n};
UPDATE a SET x = -{n} WHERE id = {n};
DELETE FROM a WHERE id = {n};
INSERT INTO old_a (id, x) VALUES ({n}, {n});
SELECT * FROM old_a WHERE id = {n};
UPDATE old_a SET x = NULL WHERE id = {n};
DELETE FROM old_a WHERE id = {n};
