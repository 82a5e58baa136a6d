INSERT INTO products (id, name, price, note) VALUES ({n}, 'NEW {n}', '5.00', 'fresh');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'OTHER {n}' WHERE id = {n};
UPDATE products SET name = 'PRODUCT ' || id WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
