--liquibase formatted sql
--changeset someone:1
CREATE TABLE by_liquibase (a int);
