INSERT INTO articles (id, "Title", price, note) VALUES ({n}, 'new {n}', '5.00', 'fresh');
SELECT * FROM articles WHERE id = {n};
UPDATE articles SET "Title" = 'other {n}' WHERE id = {n};
UPDATE articles SET "Title" = 'product ' || id WHERE id = 1 + {n} % 40;
DELETE FROM articles WHERE id = {n};
