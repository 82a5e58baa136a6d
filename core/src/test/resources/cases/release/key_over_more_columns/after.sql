ALTER TABLE notes DROP CONSTRAINT notes_customer;
ALTER TABLE orders DROP CONSTRAINT orders_customer;
ALTER TABLE customers DROP CONSTRAINT customers_parent, DROP CONSTRAINT customers_pkey;
ALTER TABLE customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (tenant, id),
    ADD CONSTRAINT customers_id_key UNIQUE (id);
ALTER TABLE customers
    ADD CONSTRAINT customers_parent FOREIGN KEY (parent_id) REFERENCES customers (id) ON DELETE SET NULL;
ALTER TABLE orders
    ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
    ON UPDATE CASCADE ON DELETE CASCADE;
COMMENT ON CONSTRAINT orders_customer ON orders IS 'who pays';
ALTER TABLE notes
    ADD CONSTRAINT notes_customer FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
