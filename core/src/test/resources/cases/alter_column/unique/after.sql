ALTER TABLE products ADD CONSTRAINT unique_name UNIQUE (name);
