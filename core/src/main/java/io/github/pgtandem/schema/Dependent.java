package io.github.pgtandem.schema;

/**
 * Something of the user's that hangs on a column or table and is not carried to a shadow column.
 *
 * @param object in PostgreSQL's words, for example {@code view reporting.sales}
 * @param column stored name of the column it depends on, or empty for the whole table
 * @param blocksDrop whether it also stops the column or table from being dropped
 */
public record Dependent(String object, String column, boolean blocksDrop) {}
