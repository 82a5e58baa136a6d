INSERT INTO products (id, name, cents) VALUES ({n}, 'new {n}', 500);
SELECT * FROM products WHERE id = {n};
UPDATE products SET cents = cents + 1 WHERE id = {n};
UPDATE products SET cents = 700 WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
