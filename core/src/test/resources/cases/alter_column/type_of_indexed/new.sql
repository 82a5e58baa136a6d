INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', '5.00 EUR');
SELECT * FROM products WHERE id = {n};
UPDATE products SET price = '6.00 EUR' WHERE id = {n};
UPDATE products SET price = '8.00 EUR' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
