CREATE INDEX by_name ON events (name DESC, at) WHERE note IS NOT NULL;
