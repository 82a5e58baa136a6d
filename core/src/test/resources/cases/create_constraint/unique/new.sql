INSERT INTO products (id, name, price, note) VALUES ({n}, 'product {n}', '12.50', 'note {n}');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'renamed {n}' WHERE id = {n};
UPDATE products SET price = '99.99', note = NULL WHERE id = {n} RETURNING *;
UPDATE products SET note = 'again' WHERE id = 1 + {n} % 40;
UPDATE products SET price = '7.00' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
