WITH made AS (INSERT INTO customers (id, name) VALUES ({n}, 'new {n}') RETURNING id)
INSERT INTO addresses (customer_id, line, city) SELECT id, '{n} New Street', 'Madrid' FROM made;
SELECT * FROM customers JOIN addresses ON customer_id = id WHERE id = {n};
UPDATE addresses SET line = '{n} Newer Street' WHERE customer_id = {n};
UPDATE addresses SET city = 'new {n}' WHERE customer_id = 1 + {n} % 40;
UPDATE addresses SET line = 'new {n}', city = 'new' WHERE customer_id = 1 + {n} % 3;
UPDATE customers SET note = 'new {n}' WHERE id = 1 + {n} % 3;
UPDATE addresses SET kind = 'home' WHERE customer_id = 1 + {n} % 40;
INSERT INTO addresses (customer_id, line) VALUES ({n}, 'again') ON CONFLICT (customer_id) DO UPDATE SET line = excluded.line;
DELETE FROM customers WHERE id = {n};
