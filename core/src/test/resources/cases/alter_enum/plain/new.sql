INSERT INTO products (id, name, price, state) VALUES ({n}, 'new {n}', '5.00', 'active'::product_state);
SELECT * FROM products WHERE id = {n} AND state = ANY ('{active,paused}'::product_state[]);
UPDATE products SET state = 'paused' WHERE id = {n} AND state = 'active';
UPDATE products SET state = 'paused' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
