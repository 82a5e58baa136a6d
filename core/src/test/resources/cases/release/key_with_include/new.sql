INSERT INTO products (shop, number, name) VALUES (1, {n}, 'product {n}');
INSERT INTO prices (id, shop, number) VALUES ({n}, 1, {n});
SELECT * FROM products WHERE shop = 1 AND number = {n};
UPDATE prices SET shop = NULL, number = NULL WHERE id = {n};
UPDATE products SET shop = 2, number = -{n}, name = 'other' WHERE shop = 1 AND number = {n};
UPDATE prices SET shop = 2, number = -{n} WHERE id = {n};
SELECT * FROM prices WHERE id = {n};
DELETE FROM prices WHERE id = {n};
DELETE FROM products WHERE shop = 2 AND number = -{n};
