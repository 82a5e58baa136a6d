INSERT INTO products (id, name) VALUES ({n}, 'new {n}');
SELECT * FROM products WHERE id = {n};
UPDATE products SET price = price + 1 WHERE id = {n};
UPDATE products SET price = DEFAULT WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
