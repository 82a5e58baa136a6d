INSERT INTO events (id, at, name, title) VALUES ({n}, '2025-04-01', 'new {n}', 'NEW {n}');
SELECT * FROM events WHERE id = {n} ORDER BY at;
UPDATE events SET name = 'renamed {n}', title = 'RENAMED {n}' WHERE id = {n};
UPDATE events SET at = '2026-02-01' WHERE id = {n};
UPDATE events SET note = 'again' WHERE id = 1 + {n} % 40;
DELETE FROM events WHERE id = {n};
