INSERT INTO users (id, name, born) VALUES ({n}, 'n', '2026-01-01');
UPDATE users SET born = NULL WHERE id = {n};
SELECT * FROM users WHERE id = {n};
DELETE FROM users WHERE id = {n};
INSERT INTO notes (id, body) VALUES ({n}, 'x');
UPDATE notes SET body = NULL WHERE id = {n};
SELECT * FROM notes WHERE id = {n};
DELETE FROM notes WHERE id = {n};
