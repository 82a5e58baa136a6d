ALTER TABLE products ADD COLUMN new_price text;
UPDATE products SET new_price = price || ' ' || currency;
ALTER TABLE products DROP COLUMN price, DROP COLUMN currency;
ALTER TABLE products RENAME COLUMN new_price TO price;
ALTER TABLE products ALTER COLUMN price SET NOT NULL;
ALTER TABLE products ALTER COLUMN price SET DEFAULT '0.00 EUR';
ALTER TABLE products ADD UNIQUE (price);
