package io.github.pgtandem.operation;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Table;

/**
 * A translation that an operation asks for, as its author wrote it.
 *
 * @param direction who needs it
 * @param scope the table whose columns the expression may name
 * @param target the stored column that gets the value
 * @param expression the author's SQL
 * @param field the field it stands in, for error messages
 */
public record Sync(Direction direction, Table scope, Column target, String expression, String field) {

    /** Who needs a translation. */
    public enum Direction {
        /** Older writers, for newer readers; also fills existing rows. */
        UP,
        /** Newer writers, for older readers. */
        DOWN,
        /** Existing rows only. */
        FILL
    }
}
