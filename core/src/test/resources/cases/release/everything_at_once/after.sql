ALTER TABLE users RENAME TO people;
ALTER TABLE people ADD COLUMN first_name text, ADD COLUMN last_name text, ADD COLUMN initials text;
UPDATE people SET first_name = split_part(name, ' ', 1), last_name = split_part(name, ' ', 2);
UPDATE people SET initials = left(first_name, 1) || left(last_name, 1);
ALTER TABLE people ALTER COLUMN first_name SET NOT NULL, ALTER COLUMN last_name SET NOT NULL, ALTER COLUMN initials SET NOT NULL;
ALTER TABLE people DROP COLUMN name, DROP COLUMN fax;
CREATE INDEX people_by_last_name ON people (last_name, first_name);
DROP TABLE products;
CREATE TABLE products (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code text NOT NULL);
