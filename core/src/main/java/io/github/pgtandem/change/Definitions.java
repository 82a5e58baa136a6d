package io.github.pgtandem.change;

import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Table;

/** What PostgreSQL itself says of the tables as an operation leaves them; asked at plan time, on empty copies. */
public interface Definitions {

    /** The index's definition from {@code USING} on, in stored names and with its tablespace. */
    String index(Table table, Index index);

    /** The constraint's definition without deferral and validation, in stored names. */
    String constraint(Table table, String constraint);

    /** The statistics' definition between their name and {@code FROM}, in stored names. */
    String statistics(Table table, String statistics);

    /** How a generated column is computed, {@code GENERATED ALWAYS AS …}, in stored names. */
    String generation(Table table, String column);

    /** Whether a column of a type takes a setting such as {@code SET STORAGE EXTERNAL}. */
    boolean takes(String type, String setting);

    /** Whether adding a column with this default leaves the rows alone. */
    boolean addsWithoutRewrite(String type, String defaultSql);
}
