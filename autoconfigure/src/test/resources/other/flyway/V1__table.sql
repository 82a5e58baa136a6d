CREATE TABLE by_flyway (a int);
