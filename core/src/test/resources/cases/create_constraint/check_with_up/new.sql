INSERT INTO products (id, name, price, note) VALUES ({n}, 'NEW {n}', '5.00', 'fresh');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'OTHER {n}', note = 'none' WHERE id = {n};
UPDATE products SET price = '6.00' WHERE id = 1 + {n} % 40;
UPDATE products SET name = 'PRODUCT', note = 'x' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
