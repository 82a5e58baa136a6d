INSERT INTO products (id, name, price, state) VALUES ({n}, 'product {n}', '12.50', 'in_progress'::product_state);
INSERT INTO products (name, price) VALUES ('passing {n}', '3.00');
SELECT * FROM products WHERE id = {n};
UPDATE products SET state = 'sold_out' WHERE id = {n} AND state = 'in_progress';
UPDATE products SET note = 'again' WHERE id = 1 + {n} % 40 AND state < 'sold_out'::product_state;
UPDATE products SET state = DEFAULT WHERE id = 1 + {n} % 40;
SELECT * FROM products WHERE id = 7;
DELETE FROM products WHERE name = 'passing {n}';
DELETE FROM products WHERE id = {n};
