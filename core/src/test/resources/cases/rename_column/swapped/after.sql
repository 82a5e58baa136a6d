ALTER TABLE products RENAME COLUMN name TO spare;
ALTER TABLE products RENAME COLUMN note TO name;
ALTER TABLE products RENAME COLUMN spare TO note;
