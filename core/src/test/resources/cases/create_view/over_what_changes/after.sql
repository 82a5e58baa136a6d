-- view of the version: products
ALTER TABLE products RENAME TO articles;
ALTER TABLE articles ADD COLUMN cents bigint;
UPDATE articles SET cents = (price::numeric * 100)::bigint;
ALTER TABLE articles DROP COLUMN price;
ALTER TABLE articles RENAME COLUMN cents TO price;
ALTER TABLE articles ALTER COLUMN price SET NOT NULL;
COMMENT ON COLUMN articles.price IS 'in euros';
