CREATE TABLE users (
    id serial CONSTRAINT pk_users PRIMARY KEY,
    email text NOT NULL
);
CREATE TABLE orders (
    id serial PRIMARY KEY,
    user_id integer NOT NULL,
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON UPDATE CASCADE
);
CREATE INDEX orders_by_user ON orders (user_id DESC) INCLUDE (id);
INSERT INTO users (email) VALUES ('ann@example.com'), ('bob@example.com');
INSERT INTO orders (user_id) VALUES (1), (1), (2);
