CREATE TABLE customers (
    id integer CONSTRAINT customers_key PRIMARY KEY,
    number text NOT NULL,
    name text
);
CREATE TABLE orders (
    id integer PRIMARY KEY,
    customer_id integer CONSTRAINT orders_customer REFERENCES customers
);
CREATE TABLE notes (
    id integer PRIMARY KEY,
    customer_id integer CONSTRAINT notes_customer REFERENCES customers ON DELETE CASCADE,
    number text
);
INSERT INTO customers SELECT n, 'number ' || n, 'customer ' || n FROM generate_series(1, 20) AS n;
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n;
INSERT INTO notes SELECT n, n, 'number ' || n FROM generate_series(1, 20) AS n;
