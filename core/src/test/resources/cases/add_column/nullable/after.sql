ALTER TABLE products ADD COLUMN weight numeric(8,2);
COMMENT ON COLUMN products.weight IS 'in kilograms';
