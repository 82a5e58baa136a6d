CREATE TABLE addresses (
    user_id uuid NOT NULL,
    position int NOT NULL DEFAULT 1,
    CONSTRAINT addresses_pkey PRIMARY KEY (user_id, position),
    CONSTRAINT addresses_user_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    address text
);
INSERT INTO addresses (user_id, address) SELECT id, address FROM users WHERE address IS NOT NULL;
ALTER TABLE users DROP COLUMN address;
