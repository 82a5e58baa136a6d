ALTER TABLE products ADD CONSTRAINT name_and_price UNIQUE (name, price);
