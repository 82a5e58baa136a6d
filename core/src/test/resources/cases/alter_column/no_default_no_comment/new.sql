INSERT INTO products (id, name, price, note) VALUES ({n}, 'new {n}', '5.00', 'fresh');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'new ' || id, price = '6.00', note = NULL, stock = DEFAULT, label = DEFAULT WHERE id = {n};
UPDATE products SET name = 'product ' || id, note = 'x' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
