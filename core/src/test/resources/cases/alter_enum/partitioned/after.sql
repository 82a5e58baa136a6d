ALTER TYPE kind RENAME VALUE 'stop' TO 'end';
