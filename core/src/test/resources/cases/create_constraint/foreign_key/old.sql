INSERT INTO products (id, name, price, town, street) VALUES ({n}, 'product {n}', '12.50', 'Jena', 'nowhere');
SELECT * FROM products WHERE id = {n};
UPDATE products SET town = 'Bonn', street = 'Markt' WHERE id = {n};
UPDATE products SET town = NULL, street = NULL WHERE id = {n} RETURNING *;
UPDATE products SET note = 'again' WHERE id = 1 + {n} % 40;
UPDATE products SET town = 'Jena', street = 'elsewhere' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
