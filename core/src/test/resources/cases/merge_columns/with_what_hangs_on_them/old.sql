INSERT INTO products (id, name, price, note) VALUES ({n}, 'product {n}', '{n}.01', 'note {n}');
INSERT INTO products (name, price, currency) VALUES ('passing {n}', '{n}.01', 'USD');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'renamed {n}' WHERE id = {n};
UPDATE products SET price = '{n}.02', note = NULL WHERE id = {n} RETURNING *;
UPDATE products SET note = 'again' WHERE id = 1 + {n} % 40;
SELECT * FROM products WHERE id = 7;
DELETE FROM products WHERE name = 'passing {n}';
DELETE FROM products WHERE id = {n};
