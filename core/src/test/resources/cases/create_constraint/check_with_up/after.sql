UPDATE products SET name = upper(name), note = coalesce(note, 'none');
ALTER TABLE products ADD CONSTRAINT noted_in_upper_case CHECK (name = upper(name) AND note IS NOT NULL);
