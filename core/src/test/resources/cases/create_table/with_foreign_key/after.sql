CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    product_id bigint NOT NULL CONSTRAINT fk_product REFERENCES products (id) ON DELETE CASCADE,
    "Quantity" int NOT NULL,
    CONSTRAINT quantity_positive CHECK ("Quantity" > 0),
    CONSTRAINT one_each UNIQUE (product_id, "Quantity")
);
