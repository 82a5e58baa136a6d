DROP INDEX products_sold_out;
ALTER TYPE product_state RENAME TO old_state;
CREATE TYPE product_state AS ENUM ('draft', 'in_progress');
ALTER TABLE products ALTER COLUMN state DROP DEFAULT,
    ALTER COLUMN state TYPE product_state USING (replace(state::text, 'sold_out', 'in_progress'))::product_state,
    ALTER COLUMN state SET DEFAULT 'draft';
DROP TYPE old_state;
CREATE INDEX products_sold_out ON products (name) WHERE state = 'in_progress' AND note = 'sold out';
ALTER TABLE products ADD COLUMN is_draft boolean DEFAULT false;
UPDATE products SET is_draft = state = 'draft';
ALTER TABLE products ALTER COLUMN is_draft SET NOT NULL;
