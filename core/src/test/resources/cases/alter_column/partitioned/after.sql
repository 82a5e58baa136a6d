ALTER TABLE events ALTER COLUMN name TYPE varchar(40) USING name || '!';
