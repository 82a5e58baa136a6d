ALTER TABLE products ALTER COLUMN price DROP DEFAULT;
ALTER TABLE products ALTER COLUMN price TYPE int USING (price::numeric * 100)::int;
ALTER TABLE products ALTER COLUMN price SET DEFAULT 0;
COMMENT ON COLUMN products.price IS 'in cents';
