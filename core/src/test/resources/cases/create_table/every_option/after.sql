CREATE TABLE bookings (
    id bigserial,
    number int GENERATED ALWAYS AS IDENTITY (START 1000 INCREMENT 5),
    product_id bigint,
    room int NOT NULL,
    during tsrange NOT NULL,
    guest text,
    guest_key text GENERATED ALWAYS AS (lower(guest)) STORED,
    replaces bigint,
    CONSTRAINT bookings_pkey PRIMARY KEY (id) INCLUDE (room) WITH (fillfactor = 70),
    CONSTRAINT guest_in_room UNIQUE NULLS NOT DISTINCT (guest, room) INCLUDE (during) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT room_positive CHECK (room > 0) NO INHERIT,
    CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE (room = 1) DEFERRABLE,
    CONSTRAINT bookings_replaces_fkey FOREIGN KEY (replaces) REFERENCES bookings (id)
        ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE,
    CONSTRAINT of_product FOREIGN KEY (product_id) REFERENCES products (id)
        MATCH FULL ON DELETE SET DEFAULT (product_id) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON COLUMN bookings.during IS 'without a time zone';
