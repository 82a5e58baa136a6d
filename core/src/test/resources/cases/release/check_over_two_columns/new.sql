INSERT INTO ranges (id, low, high) VALUES ({n}, 1, 2);
SELECT * FROM ranges WHERE id = {n};
UPDATE ranges SET low = -5, high = 5 WHERE id = {n};
UPDATE ranges SET high = 10000000 WHERE id = 1 + {n} % 20;
INSERT INTO spans (low, high) VALUES (1, {n});
UPDATE spans SET low = 2 WHERE high = {n};
DELETE FROM spans WHERE high = {n};
DELETE FROM ranges WHERE id = {n};
