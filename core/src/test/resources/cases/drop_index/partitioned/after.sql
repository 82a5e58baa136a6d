DROP INDEX by_note;
