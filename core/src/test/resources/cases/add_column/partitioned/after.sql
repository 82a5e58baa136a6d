ALTER TABLE events ADD COLUMN title text;
UPDATE events SET title = upper(name);
ALTER TABLE events ALTER COLUMN title SET NOT NULL;
ALTER TABLE events ADD CONSTRAINT titled CHECK (title <> '');
