INSERT INTO visits VALUES ('page {n}');
SELECT * FROM visits WHERE page = 'page {n}';
UPDATE visits SET page = 'renamed {n}' WHERE page = 'page {n}';
DELETE FROM visits WHERE page = 'renamed {n}';
