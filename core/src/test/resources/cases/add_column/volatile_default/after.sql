ALTER TABLE products ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE products ADD CONSTRAINT products_token_key UNIQUE (token);
