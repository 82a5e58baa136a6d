INSERT INTO products (id, name, price, weight) VALUES ({n}, 'new {n}', '5.00', 1.25);
SELECT * FROM products WHERE id = {n};
UPDATE products SET weight = 2 WHERE id = 1 + {n} % 40;
UPDATE products SET weight = NULL WHERE id = {n};
DELETE FROM products WHERE id = {n};
