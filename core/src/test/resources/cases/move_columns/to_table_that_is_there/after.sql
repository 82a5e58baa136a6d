ALTER TABLE profiles ADD COLUMN email varchar(120), ADD COLUMN age numeric(5, 1);
UPDATE profiles SET email = users.email, age = users.age FROM users WHERE users.id = "user";
ALTER TABLE users DROP COLUMN email, DROP COLUMN age;
