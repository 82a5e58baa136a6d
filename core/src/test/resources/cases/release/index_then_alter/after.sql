ALTER TABLE products ADD COLUMN new_price varchar(40);
UPDATE products SET new_price = price;
COMMENT ON COLUMN products.new_price IS 'in euros';
ALTER TABLE products DROP COLUMN price;
ALTER TABLE products RENAME COLUMN new_price TO price;
ALTER TABLE products ALTER COLUMN price SET NOT NULL;
CREATE INDEX products_expensive ON products (name) WHERE length(price) > 10;
