CREATE TABLE products (
    id int PRIMARY KEY,
    name text NOT NULL,
    price text,
    note text,
    stock int NOT NULL DEFAULT 0
);
INSERT INTO products
VALUES (1, 'chair', '12.50', NULL, 3), (2, 'table', '99.90', 'round', 0), (3, 'chair', '7', NULL, 1);
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id int NOT NULL,
    quantity int NOT NULL
);
INSERT INTO orders (product_id, quantity) VALUES (1, 2), (2, 5);
