package io.github.pgtandem.plan;

import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Table;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Defaults, comments and NOT NULL that somebody has given by hand to a column of a table in flight. They hold for the
 * versions that have left them as they were, so complete does not take them back, and views do not hide them.
 */
final class SetByHand {

    private final String table;
    private final Column physical;
    private final Column made;

    private SetByHand(String table, Column physical, Column made) {
        this.table = table;
        this.physical = physical;
        this.made = made;
    }

    /** The model with what the catalogue says now of what no migration changes. */
    static Model seenBy(Model model) {
        Model next = model;
        for (String stored : model.touched()) {
            Optional<Table> table = model.storage().findStored(stored);
            for (Column physical : table.map(Table::columns).orElse(List.of())) {
                Column made = made(model, stored, physical.stored());
                next = made == null ? next : new SetByHand(stored, physical, made).in(next);
            }
        }
        return next;
    }

    /** The column as the oldest version that sees it found it, or as a migration made it for that version. */
    private static @Nullable Column made(Model model, String table, String stored) {
        for (Version version : model.versions()) {
            Optional<Column> seen = seen(version, table, stored);
            if (seen.isPresent()) {
                return version.changes().stream()
                        .filter(c -> table.equals(c.table()))
                        .flatMap(c -> c.columns().stream())
                        .filter(c -> c.stored().equals(stored))
                        .findFirst()
                        .orElse(seen.get());
            }
        }
        return null;
    }

    private static Optional<Column> seen(Version version, String table, String stored) {
        return version.tables().findStored(table).flatMap(t -> t.findStored(stored));
    }

    private Model in(Model model) {
        Model next = model;
        // What draws from a sequence has its default from us until complete.
        if (!made.generated().isDrawn() && !Objects.equals(physical.defaultSql(), made.defaultSql())) {
            next = taken(
                    next,
                    (c, old) -> Objects.equals(c.defaultSql(), old.defaultSql()),
                    c -> c.withDefault(physical.defaultSql()));
        }
        if (!Objects.equals(physical.comment(), made.comment())) {
            next = taken(
                    next,
                    (c, old) -> Objects.equals(c.comment(), old.comment()),
                    c -> c.withComment(physical.comment()));
        }
        // The other way round it is a new column that gets its NOT NULL at complete.
        if (made.nullable() && !physical.nullable()) {
            next = taken(next, (c, old) -> c.nullable(), c -> c.nullable(false));
        }
        return next;
    }

    /** A model whose versions take something over, up to the first that has another. */
    private Model taken(Model model, BiPredicate<Column, Column> isLeft, UnaryOperator<Column> change) {
        Model next = model;
        for (Version version : model.versions()) {
            Optional<Column> seen = seen(version, table, physical.stored());
            if (seen.isPresent()) {
                if (!isLeft.test(seen.get(), made)) {
                    break;
                }
                next = next.mapVersions(v -> v.name().equals(version.name()) ? with(v, change) : v);
            }
        }
        return next;
    }

    private Version with(Version version, UnaryOperator<Column> change) {
        Table seen = version.tables().findStored(table).orElseThrow();
        return version.seeing(version.tables()
                .with(seen.mapColumns(c -> c.stored().equals(physical.stored()) ? change.apply(c) : c)));
    }
}
