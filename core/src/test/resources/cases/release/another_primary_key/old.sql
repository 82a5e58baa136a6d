INSERT INTO seats (id, hall, seat) VALUES ({n}, 'hall {n}', 1);
INSERT INTO tickets (id, seat_id) VALUES ({n}, {n});
SELECT * FROM seats WHERE id = {n};
UPDATE seats SET seat = 2, hall = 'other {n}' WHERE id = {n};
UPDATE tickets SET seat_id = NULL WHERE id = {n};
DELETE FROM tickets WHERE id = {n};
DELETE FROM seats WHERE id = {n};
