CREATE TYPE "Order State" AS ENUM ('open', 'paid', 'it''s lost', 'sent', 'done');
COMMENT ON TYPE "Order State" IS 'where an order is';
CREATE TABLE states (
    state "Order State" PRIMARY KEY,
    words text NOT NULL
);
INSERT INTO states VALUES ('open', 'not paid yet'), ('paid', 'to be sent'), ('sent', 'under way');
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    note text,
    is_over boolean GENERATED ALWAYS AS (note = 'over') STORED,
    before "Order State",
    state "Order State" NOT NULL DEFAULT 'open' REFERENCES states,
    CONSTRAINT moved CHECK (before <> state),
    CONSTRAINT never_lost CHECK (state <> 'it''s lost' OR note = 'lost')
);
COMMENT ON COLUMN orders.state IS 'now';
CREATE INDEX orders_open ON orders (id) WHERE state = 'open' OR before IN ('paid', 'sent');
CREATE INDEX orders_state ON orders (state DESC, before) INCLUDE (note);
CREATE UNIQUE INDEX one_paid ON orders (note) WHERE state = 'paid';
CREATE STATISTICS orders_states ON before, state FROM orders;
INSERT INTO orders (id, note, before, state) VALUES
    (1, 'one', NULL, 'open'), (2, 'two', 'open', 'paid'), (3, 'three', 'paid', 'sent'), (4, 'over', 'done', 'open');
