ALTER TABLE products ADD CONSTRAINT one_name UNIQUE NULLS NOT DISTINCT (name, id) INCLUDE (price) WITH (fillfactor = 80);
