CREATE TABLE readings (
    sensor text NOT NULL,
    value numeric(8, 2)
);
INSERT INTO readings SELECT 'sensor ' || n % 3, n FROM generate_series(1, 40) AS n;
