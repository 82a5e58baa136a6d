INSERT INTO visits (page) VALUES ('/new {n}');
SELECT * FROM visits WHERE page = '/new {n}';
UPDATE visits SET at = 'epoch' WHERE page = '/new {n}';
DELETE FROM visits WHERE page = '/new {n}';
