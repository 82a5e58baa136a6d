INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', '5.00');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'newer {n}', note = 'x' WHERE id = {n};
UPDATE products SET note = 'new' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
