CREATE UNIQUE INDEX products_everything
    ON products (name COLLATE "C" varchar_pattern_ops DESC NULLS FIRST, lower(price) NULLS LAST)
    INCLUDE (id) NULLS NOT DISTINCT
    WITH (fillfactor = 70, deduplicate_items = off)
    WHERE note IS NOT NULL;
