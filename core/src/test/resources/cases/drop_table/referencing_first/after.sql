DROP TABLE old;
DROP TABLE products;
