ALTER TABLE products ALTER COLUMN price TYPE varchar(40) USING price || ' EUR';
