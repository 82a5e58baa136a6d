package io.github.pgtandem.plan;

import io.github.pgtandem.change.Renames;
import io.github.pgtandem.operation.Sync.Direction;

/**
 * One translation between two stored columns of a table.
 *
 * @param migration the migration that brought it
 * @param table stored name
 * @param direction who needs it
 * @param target stored name of the column that it gives a value
 * @param drawn whether the target stands for a column that draws from a sequence: a newer writer that leaves it out gets
 *     what the old column has drawn
 * @param type the target's type without modifiers, to which the value can be cast
 * @param expression the value
 */
public record Link(
        String migration,
        String table,
        Direction direction,
        String target,
        boolean drawn,
        String type,
        Expression expression) {

    Link renamed(Renames renames) {
        return new Link(
                migration,
                renames.table(table),
                direction,
                renames.column(table, target),
                drawn,
                type,
                expression.renamed(table, renames));
    }
}
