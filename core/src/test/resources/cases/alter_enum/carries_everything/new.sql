INSERT INTO orders (id, note, state) VALUES ({n}, 'order {n}', 'open'::"Order State");
SELECT * FROM orders WHERE id = {n};
UPDATE orders SET before = 'draft', state = 'sent' WHERE id = {n};
UPDATE states SET words = 'not yet paid' WHERE state = 'paid';
DELETE FROM orders WHERE id = {n};
