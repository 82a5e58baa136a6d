UPDATE events SET source = 'unknown' WHERE source IS NULL;
ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (source, number);
