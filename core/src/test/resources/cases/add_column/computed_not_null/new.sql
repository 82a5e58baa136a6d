INSERT INTO products (id, name, price, slug) VALUES ({n}, 'New {n}', '5.00', 'new-{n}');
SELECT * FROM products WHERE id = {n};
UPDATE products SET slug = 'other' WHERE id = {n};
UPDATE products SET name = 'Product ' || id WHERE id = 1 + {n} % 40;
UPDATE products SET slug = 'slug-{n}' WHERE id = 1 + {n} % 40;
DELETE FROM products WHERE id = {n};
