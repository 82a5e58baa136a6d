CREATE TABLE script_table (a int);
