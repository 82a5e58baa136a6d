-- view of the version: products
ALTER TABLE products RENAME TO articles;
ALTER TABLE articles ADD COLUMN cents bigint;
UPDATE articles SET cents = (price::numeric * 100)::bigint;
ALTER TABLE articles ALTER COLUMN cents SET NOT NULL;
ALTER TABLE articles DROP COLUMN price;
ALTER TABLE articles RENAME COLUMN cents TO price;
COMMENT ON COLUMN articles.price IS 'in euros';
