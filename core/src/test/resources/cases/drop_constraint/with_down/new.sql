INSERT INTO products (id, name, price) VALUES ({n}, 'n', '5.00');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = '' WHERE id = {n};
UPDATE products SET name = 'x' WHERE id = 1 + {n} % 40;
UPDATE products SET note = 'new' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
