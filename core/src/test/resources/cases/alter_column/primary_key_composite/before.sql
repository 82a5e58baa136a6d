CREATE TABLE lines (
    order_id integer,
    position integer,
    product text NOT NULL,
    PRIMARY KEY (order_id, position) INCLUDE (product)
);
CREATE TABLE deliveries (
    id integer PRIMARY KEY,
    order_id integer,
    position integer
);
CREATE UNIQUE INDEX lines_key ON lines (position, order_id);
ALTER TABLE deliveries ADD CONSTRAINT deliveries_line FOREIGN KEY (position, order_id)
    REFERENCES lines (position, order_id) MATCH FULL ON DELETE SET NULL (position, order_id);
ALTER TABLE lines REPLICA IDENTITY USING INDEX lines_key;
ALTER TABLE lines CLUSTER ON lines_pkey;
INSERT INTO lines VALUES (1, 1, 'tea'), (1, 2, 'cup');
INSERT INTO deliveries VALUES (1, 1, 2), (2, NULL, NULL);
