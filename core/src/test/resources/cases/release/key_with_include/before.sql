CREATE TABLE products (
    shop integer,
    number integer,
    name text NOT NULL,
    PRIMARY KEY (shop, number)
);
CREATE TABLE prices (
    id integer PRIMARY KEY,
    shop integer,
    number integer,
    CONSTRAINT prices_product FOREIGN KEY (shop, number) REFERENCES products MATCH FULL DEFERRABLE
);
INSERT INTO products SELECT n % 2, n, 'product ' || n FROM generate_series(1, 20) AS n;
INSERT INTO prices SELECT n, n % 2, n FROM generate_series(1, 20) AS n;
