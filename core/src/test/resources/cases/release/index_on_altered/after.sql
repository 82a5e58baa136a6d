ALTER TABLE products ADD COLUMN new_price numeric(12,2);
UPDATE products SET new_price = price::numeric(12,2);
COMMENT ON COLUMN products.new_price IS 'in euros';
ALTER TABLE products DROP COLUMN price;
ALTER TABLE products RENAME COLUMN new_price TO price;
ALTER TABLE products ALTER COLUMN price SET NOT NULL;
CREATE INDEX products_expensive ON products (name) WHERE price > 10;
CREATE INDEX products_rounded ON products (round(price)) INCLUDE (price);
