ALTER TABLE a RENAME TO old_a;
CREATE TABLE a (
    id int CONSTRAINT a_id_not_null NOT NULL PRIMARY KEY,
    x int CONSTRAINT a_x_not_null NOT NULL UNIQUE
);
