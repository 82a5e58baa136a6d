INSERT INTO readings (sensor, value) VALUES ('new {n}', 1.5) RETURNING id;
INSERT INTO readings (id, sensor, value) VALUES (-{n}, 'given {n}', 1.5);
SELECT * FROM readings WHERE sensor = 'new {n}';
UPDATE readings SET value = 2.5 WHERE id = -{n};
UPDATE readings SET sensor = 'other {n}' WHERE sensor = 'new {n}' RETURNING *;
DELETE FROM readings WHERE sensor = 'other {n}';
DELETE FROM readings WHERE id = -{n};
