CREATE TABLE seats (
    id integer PRIMARY KEY,
    hall text NOT NULL,
    seat integer,
    CONSTRAINT seats_once UNIQUE (hall)
);
CREATE TABLE tickets (
    id integer PRIMARY KEY,
    seat_id integer CONSTRAINT tickets_seat REFERENCES seats
);
INSERT INTO seats SELECT n, 'hall ' || n, n FROM generate_series(1, 20) AS n;
INSERT INTO tickets SELECT n, n FROM generate_series(1, 20) AS n;
