INSERT INTO products (id, name, price, note) VALUES ({n}, 'same', '12.50', 'same');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'all' WHERE id = {n};
UPDATE products SET name = 'same', note = 'same' WHERE id = 1 + {n} % 40;
UPDATE products SET name = 'product ' || id WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
