INSERT INTO products (id, name, price, note) VALUES ({n}, 'x', '12.50', 'note {n}');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = '' WHERE id = {n};
UPDATE products SET name = 'p' WHERE id = 1 + {n} % 40;
UPDATE products SET name = 'product ' || id WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
