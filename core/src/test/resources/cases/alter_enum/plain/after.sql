ALTER TYPE product_state RENAME VALUE 'in_progress' TO 'active';
ALTER TYPE product_state ADD VALUE 'paused' AFTER 'active';
