INSERT INTO products (id, name, price, note) VALUES ({n}, 'new {n}', '5.00', 'fresh');
SELECT * FROM cheap WHERE id = {n};
UPDATE products SET price = '15.00' WHERE id = {n};
SELECT * FROM cheap WHERE id = {n};
SELECT count(*) FROM cheap;
UPDATE products SET name = 'product ' || id, note = 'x' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
