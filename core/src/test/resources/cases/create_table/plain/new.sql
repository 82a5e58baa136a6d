INSERT INTO customers (id, email) VALUES ({n}, '{n}@example.org');
SELECT * FROM customers WHERE id = {n};
UPDATE customers SET rating = 5 WHERE id = {n};
UPDATE customers SET rating = NULL WHERE id = {n};
DELETE FROM customers WHERE id = {n};
