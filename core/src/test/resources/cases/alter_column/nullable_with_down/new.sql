INSERT INTO products (id, price) VALUES ({n}, '5.00');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'named' WHERE id = {n};
UPDATE products SET name = NULL WHERE id = {n};
UPDATE products SET name = NULL WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
