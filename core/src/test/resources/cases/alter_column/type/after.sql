ALTER TABLE products ALTER COLUMN price TYPE bigint USING (price::numeric * 100)::bigint;
