INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', '5.00') RETURNING number;
INSERT INTO products (id, name, price, number) VALUES (1000 + {n}, 'numbered {n}', '5.00', -{n});
INSERT INTO products (id, name, price, number) VALUES (2000 + {n}, 'drawn {n}', '5.00', DEFAULT);
SELECT * FROM products WHERE id = {n};
UPDATE products SET number = 1000000 + {n} WHERE id = {n};
UPDATE products SET number = DEFAULT WHERE id = {n};
UPDATE products SET number = number WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id IN ({n}, 1000 + {n}, 2000 + {n});
