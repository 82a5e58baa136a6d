INSERT INTO people (id, first_name, last_name, initials) VALUES ({n}, 'New', '{n}', 'N1');
SELECT * FROM people WHERE id = {n};
UPDATE people SET first_name = 'Other' WHERE id = {n};
UPDATE people SET last_name = 'Last{n}' WHERE id = 1 + {n} % 30;
INSERT INTO products (code) VALUES ('{n}');
UPDATE products SET code = '-{n}' WHERE code = '{n}';
DELETE FROM products WHERE code = '-{n}';
DELETE FROM people WHERE id = {n};
