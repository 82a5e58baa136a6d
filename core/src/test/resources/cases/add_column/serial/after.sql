ALTER TABLE products ADD COLUMN number serial;
COMMENT ON COLUMN products.number IS 'on the label';
