INSERT INTO products (id, title, price) VALUES ({n}, 'new {n}, fresh', '5.00');
SELECT * FROM products WHERE id = {n};
UPDATE products SET title = 'newer {n}' WHERE id = {n};
UPDATE products SET price = '8.00' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
