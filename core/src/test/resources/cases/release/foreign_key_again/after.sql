ALTER TABLE orders DROP CONSTRAINT orders_customer;
ALTER TABLE notes DROP CONSTRAINT notes_customer;
ALTER TABLE customers DROP CONSTRAINT customers_key;
ALTER TABLE customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id),
    ADD CONSTRAINT customers_number UNIQUE (number);
ALTER TABLE orders
    ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;
ALTER TABLE notes
    ADD CONSTRAINT notes_number FOREIGN KEY (number) REFERENCES customers (number) ON DELETE CASCADE;
