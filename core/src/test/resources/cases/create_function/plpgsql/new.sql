INSERT INTO products (id, name, price, note) VALUES ({n}, 'new {n}', '5.00', 'fresh');
SELECT rename_product({n}, 'called {n}');
SELECT rename_product(1 + {n} % 40, 'product');
SELECT * FROM products WHERE id = {n};
UPDATE products SET name = 'new ' || id, price = '6.00', note = NULL WHERE id = {n};
DELETE FROM products WHERE id = {n};
