ALTER TYPE "Order State" RENAME TO old_state;
CREATE TYPE "Order State" AS ENUM ('draft', 'paid', 'open', 'lost ''n'' gone', 'sent');
COMMENT ON TYPE "Order State" IS 'where an order is';
CREATE FUNCTION pg_temp.renamed(old_state) RETURNS "Order State" RETURN
    (CASE $1::text WHEN 'open' THEN 'paid' WHEN 'paid' THEN 'open' WHEN 'it''s lost' THEN 'lost ''n'' gone'
                   WHEN 'done' THEN 'sent' ELSE $1::text END)::"Order State";
DROP INDEX orders_open, orders_state, one_paid;
DROP STATISTICS orders_states;
ALTER TABLE orders DROP CONSTRAINT orders_state_fkey, DROP CONSTRAINT moved, DROP CONSTRAINT never_lost,
    ALTER COLUMN state DROP DEFAULT;
ALTER TABLE states ALTER COLUMN state TYPE "Order State" USING pg_temp.renamed(state);
ALTER TABLE orders ALTER COLUMN before TYPE "Order State" USING pg_temp.renamed(before),
    ALTER COLUMN state TYPE "Order State" USING pg_temp.renamed(state),
    ALTER COLUMN state SET DEFAULT 'paid';
ALTER TABLE orders ADD FOREIGN KEY (state) REFERENCES states,
    ADD CONSTRAINT moved CHECK (before <> state),
    ADD CONSTRAINT never_lost CHECK (state <> 'lost ''n'' gone' OR note = 'lost');
CREATE INDEX orders_open ON orders (id) WHERE state = 'paid' OR before IN ('open', 'sent');
CREATE INDEX orders_state ON orders (state DESC, before) INCLUDE (note);
CREATE UNIQUE INDEX one_paid ON orders (note) WHERE state = 'open';
CREATE STATISTICS orders_states ON before, state FROM orders;
DROP FUNCTION pg_temp.renamed;
DROP TYPE old_state;
