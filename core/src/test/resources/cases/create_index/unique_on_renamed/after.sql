ALTER TABLE products RENAME TO articles;
ALTER TABLE articles RENAME COLUMN name TO "Title";
CREATE UNIQUE INDEX articles_title ON articles ("Title") WHERE length("Title") > 2;
