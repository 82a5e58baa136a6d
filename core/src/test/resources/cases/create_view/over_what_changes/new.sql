INSERT INTO articles (id, name, price) VALUES ({n}, 'new {n}', 500);
SELECT * FROM articles WHERE id = {n};
SELECT id, price FROM products WHERE id = {n};
UPDATE articles SET price = price + 1 WHERE id = {n};
UPDATE articles SET price = 700 WHERE id = 1 + {n} % 40;
SELECT * FROM products WHERE id = 7;
DELETE FROM articles WHERE id = {n};
