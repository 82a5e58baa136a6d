INSERT INTO ranges (id) VALUES ({n});
UPDATE ranges SET id = -{n} WHERE id = {n};
UPDATE ranges SET id = id WHERE id = 1 + {n} % 20;
SELECT * FROM ranges WHERE id = -{n};
DELETE FROM ranges WHERE id = -{n};
