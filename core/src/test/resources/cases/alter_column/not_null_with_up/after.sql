UPDATE products SET note = 'none' WHERE note IS NULL;
ALTER TABLE products ALTER COLUMN note SET NOT NULL;
