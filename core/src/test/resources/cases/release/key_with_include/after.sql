ALTER TABLE prices DROP CONSTRAINT prices_product;
ALTER TABLE products DROP CONSTRAINT products_pkey;
ALTER TABLE products ADD CONSTRAINT products_pkey PRIMARY KEY (number, shop) INCLUDE (name);
ALTER TABLE prices
    ADD CONSTRAINT prices_product FOREIGN KEY (shop, number) REFERENCES products (shop, number) MATCH FULL DEFERRABLE;
