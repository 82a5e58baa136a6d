ALTER TABLE products ALTER COLUMN price TYPE numeric(12, 2) USING price::numeric(12, 2);
ALTER TABLE products ADD COLUMN label text NOT NULL GENERATED ALWAYS AS (name || coalesce(' (' || note || ')', '')) STORED;
ALTER TABLE products ADD COLUMN gross numeric(14, 4) GENERATED ALWAYS AS (price * 1.19) STORED;
