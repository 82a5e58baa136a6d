CREATE TABLE addresses (
    customer_id bigint PRIMARY KEY CONSTRAINT addresses_customer_fkey REFERENCES customers (id) ON DELETE CASCADE,
    kind text NOT NULL DEFAULT 'home',
    line text NOT NULL,
    city text DEFAULT 'Berlin'
);
COMMENT ON COLUMN addresses.city IS 'where letters go';
INSERT INTO addresses (customer_id, line, city) SELECT id, street, city FROM customers;
ALTER TABLE customers DROP COLUMN street, DROP COLUMN city;
