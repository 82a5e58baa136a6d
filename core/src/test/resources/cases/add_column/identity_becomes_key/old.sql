INSERT INTO readings (sensor, value) VALUES ('old {n}', 1.5);
SELECT * FROM readings WHERE sensor = 'old {n}';
UPDATE readings SET value = 2.5 WHERE sensor = 'old {n}';
UPDATE readings SET value = NULL, sensor = 'gone {n}' WHERE sensor = 'old {n}' RETURNING *;
DELETE FROM readings WHERE sensor = 'gone {n}';
