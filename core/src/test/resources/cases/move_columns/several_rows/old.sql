INSERT INTO users (id, name, address) VALUES (md5('{n}')::uuid, 'user {n}', 'Main Street');
INSERT INTO users (id, name) VALUES (md5('-{n}')::uuid, 'homeless {n}');
UPDATE users SET address = 'found {n}' WHERE id = md5('-{n}')::uuid RETURNING *;
UPDATE users SET address = 'old {n}' WHERE number = 1 + {n} % 40;
UPDATE users SET name = 'old {n}' WHERE number = 1 + {n} % 40;
SELECT id, name, address FROM users WHERE id = md5('{n}')::uuid;
DELETE FROM users WHERE id = md5('{n}')::uuid;
DELETE FROM users WHERE id = md5('-{n}')::uuid;
