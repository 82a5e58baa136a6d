INSERT INTO events (id, at, kind) VALUES ({n}, '2025-05-05', 'stop'::kind);
SELECT * FROM events WHERE kind = 'stop' AND id = {n};
UPDATE events SET at = '2026-05-05', kind = 'start' WHERE id = {n};
DELETE FROM events WHERE id = {n};
