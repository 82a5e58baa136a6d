INSERT INTO events (source, number, note) VALUES ('old', {n}, 'note');
INSERT INTO events (number) VALUES ({n});
SELECT * FROM events WHERE number = {n};
UPDATE events SET source = 'older' WHERE number = {n} AND source = 'old';
UPDATE events SET note = NULL WHERE number = 1 + {n} % 20;
DELETE FROM events WHERE number = {n};
