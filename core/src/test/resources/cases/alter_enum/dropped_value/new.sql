INSERT INTO products (id, name, price, state) VALUES ({n}, 'new {n}', '5.00', 'in_progress'::product_state);
SELECT * FROM products WHERE id = {n} AND state < 'in_progress';
UPDATE products SET state = 'draft', is_draft = true WHERE id = {n};
UPDATE products SET state = 'in_progress', is_draft = false WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
