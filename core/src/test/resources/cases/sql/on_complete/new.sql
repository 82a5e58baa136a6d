INSERT INTO articles (id, name, price, note) VALUES ({n}, 'new {n}', '5.00', 'fresh');
SELECT * FROM articles WHERE id = {n};
UPDATE articles SET name = 'product ' || id WHERE id = 1 + {n} % 40;
DELETE FROM articles WHERE id = {n};
