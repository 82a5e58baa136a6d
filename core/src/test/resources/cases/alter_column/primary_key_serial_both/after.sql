ALTER TABLE users ALTER COLUMN id TYPE bigint;
ALTER SEQUENCE users_id_seq AS bigint;
ALTER TABLE orders ALTER COLUMN user_id TYPE bigint;
