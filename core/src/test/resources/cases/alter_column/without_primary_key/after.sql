ALTER TABLE visits ALTER COLUMN page TYPE varchar(40) USING '/' || page;
