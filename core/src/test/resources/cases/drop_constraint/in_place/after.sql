ALTER TABLE products DROP CONSTRAINT products_name_key;
