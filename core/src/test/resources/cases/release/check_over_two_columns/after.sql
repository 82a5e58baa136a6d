ALTER TABLE ranges ADD COLUMN low bigint, ADD COLUMN high int;
UPDATE ranges SET low = id, high = id + 1;
ALTER TABLE ranges ALTER COLUMN low SET NOT NULL, ALTER COLUMN high SET NOT NULL;
ALTER TABLE ranges ADD CONSTRAINT low_first CHECK (low < high);
CREATE TABLE spans (low bigint NOT NULL, high int NOT NULL, CONSTRAINT spans_low_first CHECK (low < high));
