INSERT INTO events (id, at, kind) VALUES ({n}, '2025-05-05', 'end'::kind);
SELECT * FROM events WHERE kind = 'end' AND id = {n};
DELETE FROM events WHERE id = {n};
