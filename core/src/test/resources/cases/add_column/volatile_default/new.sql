INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', '5.00');
SELECT * FROM products WHERE id = {n};
UPDATE products SET token = gen_random_uuid() WHERE id = 1 + {n} % 40;
UPDATE products SET token = DEFAULT WHERE id = {n};
DELETE FROM products WHERE id = {n};
