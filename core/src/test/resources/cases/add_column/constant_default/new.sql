INSERT INTO products (id, name, price, stock) VALUES ({n}, 'new {n}', '5.00', 3);
SELECT * FROM products WHERE id = {n};
UPDATE products SET stock = stock + 1 WHERE id = 1 + {n} % 40;
UPDATE products SET stock = DEFAULT WHERE id = {n};
DELETE FROM products WHERE id = {n};
