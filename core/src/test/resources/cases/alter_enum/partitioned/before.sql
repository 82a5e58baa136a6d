CREATE TYPE kind AS ENUM ('start', 'stop');
CREATE TABLE events (id bigint, at date NOT NULL, kind kind NOT NULL DEFAULT 'start') PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX events_stopped ON events (id) WHERE kind = 'stop';
INSERT INTO events VALUES (1, '2025-05-05', 'start'), (2, '2026-06-06', 'stop');
