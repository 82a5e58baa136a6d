ALTER TABLE products ADD CONSTRAINT name_length CHECK (length(name) > 3);
