CREATE TABLE events (
    source text,
    number integer,
    note text
);
INSERT INTO events SELECT CASE WHEN n > 3 THEN 'web' END, n, 'event ' || n FROM generate_series(1, 20) AS n;
