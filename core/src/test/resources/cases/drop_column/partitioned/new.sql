INSERT INTO events (id, at, name) VALUES ({n}, '2025-04-01', 'new {n}');
SELECT * FROM events WHERE id = {n} ORDER BY at;
UPDATE events SET name = 'renamed {n}' WHERE id = {n} AND at < '2030-01-01';
UPDATE events SET at = '2026-02-01' WHERE id = {n} AND at < '2030-01-01';
UPDATE events SET name = 'event ' || id WHERE id = 1 + {n} % 40;
SELECT * FROM events WHERE id = 7;
DELETE FROM events WHERE id = {n};
