CREATE COLLATION reversed (provider = icu, locale = 'und-u-kf-upper');
CREATE TABLE rooms (code text PRIMARY KEY);
CREATE TABLE bookings (
    id integer GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 2 MINVALUE 4 CACHE 3) CONSTRAINT bookings_pk PRIMARY KEY,
    number serial,
    code text COLLATE reversed NOT NULL DEFAULT 'none',
    during tsrange,
    floor integer,
    shouted text GENERATED ALWAYS AS (upper(code)) STORED,
    CONSTRAINT bookings_code_key UNIQUE (code, floor) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT bookings_code_plain UNIQUE (code) INCLUDE (floor),
    CONSTRAINT bookings_code_length CHECK (length(code) < 100),
    CONSTRAINT bookings_no_overlap EXCLUDE USING btree (code WITH =, floor WITH =) WHERE (floor > 3),
    CONSTRAINT bookings_room FOREIGN KEY (code) REFERENCES rooms (code) ON UPDATE CASCADE ON DELETE SET DEFAULT
);
ALTER TABLE bookings ADD CONSTRAINT bookings_short CHECK (code <> 'x') NOT VALID;
ALTER TABLE bookings ALTER COLUMN code SET STORAGE EXTERNAL, ALTER COLUMN code SET STATISTICS 500,
    ALTER COLUMN code SET (n_distinct = 7), ALTER COLUMN code SET COMPRESSION pglz;
COMMENT ON COLUMN bookings.code IS 'as on the door';
COMMENT ON CONSTRAINT bookings_code_length ON bookings IS 'fits on the door';
COMMENT ON CONSTRAINT bookings_code_plain ON bookings IS 'one booking a room';
CREATE INDEX bookings_lower ON bookings (lower(code) text_pattern_ops DESC NULLS LAST, floor);
COMMENT ON INDEX bookings_lower IS 'for the search';
CREATE UNIQUE INDEX bookings_partial ON bookings (code COLLATE "C") INCLUDE (floor) NULLS NOT DISTINCT
    WITH (fillfactor = 80) WHERE floor > 1 AND code <> ' WHERE ';
CREATE INDEX bookings_shouted ON bookings (shouted);
CREATE STATISTICS bookings_stats (ndistinct, mcv) ON code, floor FROM bookings;
ALTER STATISTICS bookings_stats SET STATISTICS 200;
COMMENT ON STATISTICS bookings_stats IS 'they hang together';
CREATE TABLE keys (
    id integer PRIMARY KEY,
    code text CONSTRAINT keys_code_fkey REFERENCES bookings (code) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE guests (
    id integer PRIMARY KEY,
    booking_id integer CONSTRAINT guests_booking REFERENCES bookings (id) MATCH FULL ON DELETE CASCADE DEFERRABLE
);
CREATE TABLE bills (
    id integer PRIMARY KEY,
    booking_id integer,
    code text COLLATE reversed
);
CREATE UNIQUE INDEX bookings_replica ON bookings (code, id);
ALTER TABLE bills ADD CONSTRAINT bills_booking FOREIGN KEY (booking_id, code) REFERENCES bookings (id, code)
    ON DELETE SET NULL (code) NOT VALID;
COMMENT ON SEQUENCE bookings_id_seq IS 'counts bookings';
GRANT SELECT (id, code), UPDATE (code) ON bookings TO pg_monitor;
ALTER TABLE bookings REPLICA IDENTITY USING INDEX bookings_replica;
ALTER TABLE bookings CLUSTER ON bookings_lower;
INSERT INTO rooms VALUES ('none'), ('a'), ('b');
INSERT INTO bookings (code, floor) VALUES ('a', 1), ('b', 5);
INSERT INTO keys VALUES (1, 'a');
INSERT INTO guests VALUES (1, 10), (2, 12);
INSERT INTO bills VALUES (1, 10, 'a');
