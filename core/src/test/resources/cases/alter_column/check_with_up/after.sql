UPDATE products SET name = upper(name);
ALTER TABLE products ADD CONSTRAINT name_upper CHECK (name = upper(name));
