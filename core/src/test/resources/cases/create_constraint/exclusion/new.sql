INSERT INTO products (id, name, price, note) VALUES ({n}, 'new {n}', '5.00', 'fresh {n}');
SELECT * FROM products WHERE id = {n};
UPDATE products SET price = 'r{n}', note = NULL WHERE id = {n};
UPDATE products SET note = 'new {n}' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
