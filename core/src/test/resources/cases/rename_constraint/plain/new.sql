INSERT INTO products (id, name, price, note) VALUES ({n}, 'product {n}', '12.50', 'note {n}');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'renamed {n}' WHERE id = {n};
UPDATE products SET name = 'product ' || id WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
