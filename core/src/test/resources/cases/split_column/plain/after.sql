ALTER TABLE products ADD COLUMN euros int, ADD COLUMN cents int;
UPDATE products SET euros = split_part(price, '.', 1)::int, cents = split_part(price, '.', 2)::int;
ALTER TABLE products ALTER COLUMN euros SET NOT NULL, ALTER COLUMN cents SET NOT NULL;
ALTER TABLE products DROP COLUMN price;
