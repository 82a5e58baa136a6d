INSERT INTO events (source, number, note) VALUES ('unknown', {n}, 'new {n}');
SELECT * FROM events WHERE source = 'unknown' AND number = {n};
UPDATE events SET source = 'web' WHERE number = {n};
UPDATE events SET number = -{n} WHERE number = {n};
UPDATE events SET note = 'new' WHERE number = 1 + {n} % 20;
DELETE FROM events WHERE number = -{n};
