INSERT INTO events (id, at, name) VALUES (1 + {n} % 200, '2025-03-01', 'event {n}') ON CONFLICT DO NOTHING;
INSERT INTO events (id, at, name) VALUES (1 + {n} % 200, '2031-03-01', 'far {n}') ON CONFLICT DO NOTHING;
SELECT * FROM events WHERE id = 1 + {n} % 200 ORDER BY at;
UPDATE events SET name = 'renamed {n}' WHERE name = 'event {n}';
UPDATE events SET note = 'again' WHERE id = 1 + {n} % 40;
DELETE FROM events WHERE name = 'renamed {n}';
DELETE FROM events WHERE name = 'far {n}';
