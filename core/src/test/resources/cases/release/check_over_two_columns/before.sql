CREATE TABLE ranges (id int PRIMARY KEY);
INSERT INTO ranges SELECT n FROM generate_series(1, 20) AS n;
