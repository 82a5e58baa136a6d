INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', 500);
SELECT * FROM products WHERE id = {n};
UPDATE products SET price = price + 1 WHERE id = {n};
UPDATE products SET price = 700 WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
