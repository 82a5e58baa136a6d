ALTER TABLE products RENAME CONSTRAINT named TO other;
ALTER TABLE products RENAME CONSTRAINT priced TO named;
ALTER TABLE products RENAME CONSTRAINT other TO priced;
ALTER TABLE products RENAME CONSTRAINT one_name TO products_name_key;
ALTER TABLE products RENAME CONSTRAINT products_pkey TO products_key;
ALTER TABLE products RENAME CONSTRAINT products_parent TO products_parent_fkey;
