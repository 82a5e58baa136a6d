ALTER TABLE products ADD COLUMN new_price numeric(12, 2), ADD COLUMN currency text;
UPDATE products SET new_price = split_part(price, ' ', 1)::numeric, currency = split_part(price, ' ', 2);
ALTER TABLE products DROP COLUMN price;
ALTER TABLE products RENAME COLUMN new_price TO price;
ALTER TABLE products ALTER COLUMN price SET NOT NULL, ALTER COLUMN currency SET NOT NULL;
ALTER TABLE products ALTER COLUMN currency SET DEFAULT 'EUR';
ALTER TABLE products ADD CONSTRAINT price_positive CHECK (price >= 0);
COMMENT ON COLUMN products.price IS 'how much of the currency';
