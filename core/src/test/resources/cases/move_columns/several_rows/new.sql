INSERT INTO users (id, name) VALUES (md5('{n}')::uuid, 'new {n}');
INSERT INTO addresses (user_id, address) VALUES (md5('{n}')::uuid, 'first {n}');
INSERT INTO addresses (user_id, position, address) VALUES (md5('{n}')::uuid, 2, 'second {n}');
UPDATE addresses SET position = 3 WHERE user_id = md5('{n}')::uuid AND position = 1;
UPDATE addresses SET address = 'new {n}' WHERE user_id = (SELECT id FROM users WHERE number = 1 + {n} % 40) AND position = 1;
DELETE FROM addresses WHERE user_id = md5('{n}')::uuid;
DELETE FROM users WHERE id = md5('{n}')::uuid;
