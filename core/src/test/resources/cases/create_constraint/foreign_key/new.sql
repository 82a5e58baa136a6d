INSERT INTO products (id, name, price, town, street) VALUES ({n}, 'new {n}', '5.00', 'Bonn', 'Markt');
SELECT * FROM products WHERE id = {n};
UPDATE products SET town = NULL, street = NULL WHERE id = {n};
UPDATE products SET note = 'new' WHERE id = 1 + {n} % 40;
UPDATE products SET town = 'Bonn', street = 'Markt' WHERE id = 1 + {n} % 40;
INSERT INTO shops (town, street) VALUES ('N{n}', 'Markt');
UPDATE products SET town = 'N{n}', street = 'Markt' WHERE id = {n};
DELETE FROM products WHERE id = {n};
DELETE FROM shops WHERE town = 'N{n}';
