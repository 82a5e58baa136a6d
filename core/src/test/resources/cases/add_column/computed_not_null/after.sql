ALTER TABLE products ADD COLUMN slug text;
UPDATE products SET slug = lower(replace(name, ' ', '-'));
ALTER TABLE products ALTER COLUMN slug SET NOT NULL;
ALTER TABLE products ADD CONSTRAINT slug_is_lower CHECK (slug = lower(slug));
