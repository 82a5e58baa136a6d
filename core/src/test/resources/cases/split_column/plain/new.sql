INSERT INTO products (id, name, euros, cents) VALUES ({n}, 'new {n}', 5, 0);
SELECT * FROM products WHERE id = {n};
UPDATE products SET euros = euros + 1 WHERE id = {n};
UPDATE products SET cents = 7 WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
