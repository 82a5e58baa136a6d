ALTER TABLE products ALTER COLUMN price DROP NOT NULL;
ALTER TABLE products ALTER COLUMN price TYPE int USING (price::numeric * 100)::int;
ALTER TABLE products RENAME COLUMN price TO cents;
ALTER TABLE products ALTER COLUMN cents SET NOT NULL;
