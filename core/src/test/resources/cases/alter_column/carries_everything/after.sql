DROP INDEX bookings_shouted;
ALTER TABLE bookings DROP COLUMN shouted;
ALTER TABLE bookings ALTER COLUMN code TYPE varchar(120) COLLATE reversed;
ALTER TABLE bookings ALTER COLUMN code SET STORAGE EXTERNAL, ALTER COLUMN code SET COMPRESSION pglz;
ALTER TABLE bookings ADD COLUMN shouted text GENERATED ALWAYS AS (upper(code)) STORED;
CREATE INDEX bookings_shouted ON bookings (shouted);
ALTER TABLE bookings CLUSTER ON bookings_lower;
ALTER STATISTICS bookings_stats SET STATISTICS 200;
