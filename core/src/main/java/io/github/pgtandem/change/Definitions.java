package io.github.pgtandem.change;

import io.github.pgtandem.schema.Table;

/** What PostgreSQL itself says of the tables as an operation leaves them; asked at plan time, on empty copies. */
public interface Definitions {

    /** The index's definition from {@code USING} on, in stored names. */
    String index(Table table, String index);

    /** The constraint's definition, in stored names. */
    String constraint(Table table, String constraint);

    /** Whether adding a column with this default leaves the rows alone. */
    boolean addsWithoutRewrite(String type, String defaultSql);
}
