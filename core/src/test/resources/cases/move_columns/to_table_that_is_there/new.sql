INSERT INTO users (id, login) VALUES ({n}, 'new {n}');
INSERT INTO profiles ("user", email, age) VALUES ({n}, 'new@example.org', 2);
UPDATE profiles SET email = 'newer@example.org' WHERE "user" = {n};
UPDATE profiles SET age = 0.5 WHERE "user" = 1 + {n} % 5;
UPDATE profiles SET email = 'new {n}' WHERE "user" = 1 + {n} % 30;
DELETE FROM profiles WHERE "user" = {n};
DELETE FROM users WHERE id = {n};
