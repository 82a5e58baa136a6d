INSERT INTO orders (id, note, state) VALUES ({n}, 'order {n}', 'paid'::"Order State");
SELECT * FROM orders WHERE id = {n};
UPDATE orders SET before = state, state = 'sent' WHERE id = {n};
UPDATE orders SET before = 'done', state = 'open' WHERE id = {n};
UPDATE orders SET state = DEFAULT WHERE id = 1;
SELECT o.*, words FROM orders o JOIN states USING (state) WHERE state < 'sent';
DELETE FROM orders WHERE id = {n};
