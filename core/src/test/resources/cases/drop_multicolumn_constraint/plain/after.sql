ALTER TABLE products DROP CONSTRAINT one_price;
