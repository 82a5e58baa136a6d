INSERT INTO users (id, name) VALUES ({n}, 'n');
UPDATE users SET name = NULL WHERE id = {n};
SELECT * FROM users WHERE id = {n};
DELETE FROM users WHERE id = {n};
