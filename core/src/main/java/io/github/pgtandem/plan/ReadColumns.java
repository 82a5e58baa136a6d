package io.github.pgtandem.plan;

import io.github.pgtandem.schema.Column.Generated;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Constraint.Kind;
import io.github.pgtandem.schema.Index;
import io.github.pgtandem.schema.Schema;
import io.github.pgtandem.schema.Table;
import java.util.List;

/**
 * What an operation's new constraints, indexes and generated columns read, as PostgreSQL says: a check hangs on every
 * column in it, whichever one it was written at, and so does an index on those in its expressions and its predicate.
 */
final class ReadColumns {

    private ReadColumns() {}

    static Schema of(Compiler compiler, Schema before, Schema after) {
        Schema next = after;
        for (Table table : after.tables().values()) {
            if (before.tables().get(table.name()) == table) {
                continue;
            }
            Table known = before.findStored(table.stored()).orElse(null);
            List<Constraint> constraints = table.constraints().stream()
                    .map(c -> (c.kind() == Kind.CHECK || c.kind() == Kind.EXCLUSION)
                                    && (known == null
                                            || known.constraint(c.name()).isEmpty())
                            ? c.over(compiler.checked(table, c.name()))
                            : c)
                    .toList();
            List<Index> indexes = table.indexes().stream()
                    .map(i -> known == null || known.index(i.name()).isEmpty()
                            ? i.over(compiler.indexed(table, i.name()))
                            : i)
                    .toList();
            Table reading = table.withConstraints(constraints)
                    .withIndexes(indexes)
                    .mapColumns(c -> c.generated() == Generated.EXPRESSION
                                    && c.details().reads().isEmpty()
                            ? c.with(c.details().reading(compiler.computed(table, c.name())))
                            : c);
            if (!reading.equals(table)) {
                next = next.with(reading);
            }
        }
        return next;
    }
}
