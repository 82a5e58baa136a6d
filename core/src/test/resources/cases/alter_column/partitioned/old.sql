INSERT INTO events (id, at, name) VALUES ({n}, '2025-03-01', 'event {n}');
INSERT INTO events (id, at, name) VALUES ({n}, '2031-03-01', 'far {n}');
SELECT * FROM events WHERE id = {n} ORDER BY at;
UPDATE events SET name = 'renamed {n}' WHERE id = {n} AND at < '2030-01-01';
UPDATE events SET at = '2026-02-01' WHERE id = {n} AND at < '2030-01-01';
UPDATE events SET name = 'event ' || id WHERE id = 1 + {n} % 40;
UPDATE events SET note = 'again' WHERE id = 1 + {n} % 40;
SELECT * FROM events WHERE id = 7;
DELETE FROM events WHERE id = {n};
