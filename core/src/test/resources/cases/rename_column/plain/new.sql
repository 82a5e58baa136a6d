INSERT INTO products (id, title, price, note) VALUES ({n}, 'new {n}', '5.00', 'fresh');
SELECT * FROM products WHERE id = {n};
UPDATE products SET title = 'product ' || id WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
