INSERT INTO products (id, price, note) VALUES ({n}, '5.00', 'fresh');
SELECT * FROM products WHERE id = {n};
UPDATE products SET price = '8.00' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
