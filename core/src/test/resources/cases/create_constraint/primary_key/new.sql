INSERT INTO events (source, number, note) VALUES ('new', {n}, 'note');
INSERT INTO events (source, number) VALUES ('unknown', {n});
SELECT * FROM events WHERE number = {n};
UPDATE events SET source = 'newer' WHERE number = {n} AND source = 'new';
UPDATE events SET note = NULL WHERE number = 1 + {n} % 20;
DELETE FROM events WHERE number = {n};
