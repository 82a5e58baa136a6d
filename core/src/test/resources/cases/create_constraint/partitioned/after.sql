ALTER TABLE events ADD CONSTRAINT once UNIQUE (name, at);
ALTER TABLE events ADD CONSTRAINT kind FOREIGN KEY (id) REFERENCES kinds (id);
ALTER TABLE events ADD CONSTRAINT named CHECK (length(name) > 0);
