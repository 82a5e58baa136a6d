INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', '5.00') RETURNING number;
INSERT INTO products (id, name, price, number) VALUES (1000 + {n}, 'drawn {n}', '5.00', DEFAULT);
INSERT INTO products (id, name, price, number) OVERRIDING SYSTEM VALUE VALUES (2000 + {n}, 'numbered {n}', '5.00', -{n});
SELECT * FROM products WHERE id = {n};
UPDATE products SET note = number::text WHERE id = {n};
DELETE FROM products WHERE id IN ({n}, 1000 + {n}, 2000 + {n});
