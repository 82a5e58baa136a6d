ALTER TABLE products RENAME TO articles;
CREATE VIEW cheap AS SELECT id FROM articles;
