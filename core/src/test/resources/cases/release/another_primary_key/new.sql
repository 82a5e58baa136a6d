INSERT INTO seats (id, hall, seat) VALUES ({n}, 'new hall {n}', 1);
INSERT INTO tickets (id, seat_id) VALUES ({n}, {n});
SELECT * FROM seats WHERE hall = 'new hall {n}' AND seat = 1;
UPDATE seats SET seat = 3 WHERE id = {n};
UPDATE seats SET seat = {n} WHERE id = 1 + {n} % 20;
UPDATE tickets SET seat_id = 8 WHERE id = {n};
DELETE FROM tickets WHERE id = {n};
DELETE FROM seats WHERE id = {n};
