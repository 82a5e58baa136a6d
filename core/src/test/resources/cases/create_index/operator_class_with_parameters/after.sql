CREATE INDEX products_words ON products USING gist (to_tsvector('english', name) tsvector_ops (siglen = 200));
CREATE INDEX products_older_form ON products (name NULLS FIRST, note);
