ALTER TABLE notes DROP CONSTRAINT notes_customer;
ALTER TABLE orders DROP CONSTRAINT orders_customer;
ALTER TABLE customers DROP CONSTRAINT customers_pkey, ALTER COLUMN id TYPE bigint;
ALTER TABLE orders ALTER COLUMN customer_id TYPE bigint;
ALTER TABLE customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (tenant, id),
    ADD CONSTRAINT customers_id UNIQUE (id);
ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE notes
    ADD CONSTRAINT notes_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE SET NULL;
