ALTER TABLE products ALTER COLUMN note SET DEFAULT 'new';
COMMENT ON COLUMN products.note IS 'free text';
