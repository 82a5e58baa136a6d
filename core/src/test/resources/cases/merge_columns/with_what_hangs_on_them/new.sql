INSERT INTO products (id, name, price) VALUES ({n}, 'new {n}', '{n}.03 CHF');
SELECT * FROM products WHERE id = {n};
UPDATE products SET price = '{n}.04 CHF' WHERE id = {n};
UPDATE products SET note = 'from the new one' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
