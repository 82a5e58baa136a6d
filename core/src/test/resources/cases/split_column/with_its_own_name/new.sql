INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', 5);
SELECT * FROM products WHERE id = {n};
UPDATE products SET price = price + 1, currency = 'CHF' WHERE id = {n};
UPDATE products SET currency = DEFAULT WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
