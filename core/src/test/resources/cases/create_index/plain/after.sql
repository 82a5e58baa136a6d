CREATE INDEX products_by_name ON products (name COLLATE "C" DESC NULLS LAST, id) WITH (fillfactor = 70) WHERE note IS NOT NULL;
