INSERT INTO products (id, note, price, name) VALUES ({n}, 'new {n}', '5.00', 'fresh');
SELECT * FROM products WHERE id = {n};
UPDATE products SET note = 'product ' || id, name = NULL WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
