INSERT INTO products (id, name, price, note) VALUES ({n}, 'same', '5.00', 'same');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'other', note = NULL WHERE id = {n};
UPDATE products SET name = 'same' WHERE id = 1 + {n} % 40;
UPDATE products SET price = '6.00' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
