ALTER TABLE tickets DROP CONSTRAINT tickets_seat;
ALTER TABLE seats DROP CONSTRAINT seats_pkey, DROP CONSTRAINT seats_once;
ALTER TABLE seats ADD CONSTRAINT seats_pkey PRIMARY KEY (hall, seat), ADD CONSTRAINT seats_once UNIQUE (id);
