ALTER TABLE products ADD COLUMN title text;
UPDATE products SET title = name || coalesce(', ' || note, '');
ALTER TABLE products ALTER COLUMN title SET NOT NULL;
ALTER TABLE products DROP COLUMN name, DROP COLUMN note;
