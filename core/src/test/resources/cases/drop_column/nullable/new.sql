INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', '5.00');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'other' WHERE id = {n};
UPDATE products SET price = '8.00' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
