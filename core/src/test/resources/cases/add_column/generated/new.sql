INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', 5.00) RETURNING label, gross;
SELECT * FROM products WHERE label = 'new {n}';
UPDATE products SET note = 'noted', price = 7 WHERE id = {n} RETURNING label, gross;
UPDATE products SET price = 3 WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
