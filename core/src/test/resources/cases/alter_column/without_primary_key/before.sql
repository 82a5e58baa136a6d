CREATE TABLE visits (page text NOT NULL, at timestamptz);
INSERT INTO visits SELECT 'page ' || n % 7, CASE WHEN n % 3 > 0 THEN 'epoch'::timestamptz END FROM generate_series(1, 900) AS n;
