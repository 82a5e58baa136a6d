package io.github.pgtandem.plan;

import io.github.pgtandem.change.AlteredEnum;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.schema.Column;
import io.github.pgtandem.schema.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How models and views name enum types once complete or rollback has replaced them. */
final class EnumNames {

    private EnumNames() {}

    /**
     * A model whose tombstones let go of types that are about to be replaced.
     *
     * @param keeper the schema of the closing version that keeps the old ones, or null
     */
    static Model released(Model model, List<AlteredEnum> altered, @Nullable String keeper) {
        Model next = model;
        for (AlteredEnum each : altered) {
            next = gone(next, each.type().type(), keeper);
        }
        return next;
    }

    /** A model in which altered types have come to their final place. */
    static Model completed(Model model, List<AlteredEnum> altered, @Nullable String keeper) {
        Model next = kept(model, altered, keeper);
        for (AlteredEnum each : altered) {
            String settled = each.type().type();
            UnaryOperator<Column> column = c -> named(named(c, each.made(), settled), each.served(), settled);
            next = next.mapVersions(v -> v.seeing(v.tables().mapTables(t -> t.mapColumns(column))))
                    .storing(next.storage().mapTables(t -> t.mapColumns(column)));
        }
        return next;
    }

    /** A model in which a retired version keeps the old types. */
    private static Model kept(Model model, List<AlteredEnum> altered, @Nullable String keeper) {
        Model next = model;
        for (AlteredEnum each : altered) {
            String name = each.type().name();
            String old = each.type().type();
            next = next.retiring((retired, all) -> retired.schema().equals(keeper)
                    ? retired.mapTombstones(t -> t.typed(c -> isSame(c.type(), old)
                                    ? new Tombstone.Typed(c.name(), Identifiers.id(retired.schema(), name))
                                    : c))
                            .plusType(name)
                    : retired);
        }
        return next;
    }

    /** A model in which the new types are in the schema of the version that is live now. */
    static Model served(Model model, List<AlteredEnum> altered) {
        Model next = model;
        for (AlteredEnum each : altered) {
            next = next.mapVersions(v -> v.seeing(v.tables()
                            .mapTables(t -> t.mapColumns(c -> named(c, each.made(), each.served())))))
                    .storing(next.storage().mapTables(t -> t.mapColumns(c -> named(c, each.made(), each.served()))));
        }
        return next;
    }

    /** A model in which the new types wait again for a version that is live. */
    static Model unserved(Model model, List<AlteredEnum> altered) {
        Model next = model;
        for (AlteredEnum each : altered) {
            UnaryOperator<Column> column = c -> named(c, each.served(), each.made());
            next = gone(next, each.served(), null)
                    .mapVersions(v -> v.seeing(v.tables().mapTables(t -> t.mapColumns(column))))
                    .storing(next.storage().mapTables(t -> t.mapColumns(column)));
        }
        return next;
    }

    /** A model in which the new types are gone. */
    static Model rolledBack(Model model, List<AlteredEnum> altered) {
        Model next = model;
        for (AlteredEnum each : altered) {
            next = gone(gone(next, each.served(), null), each.made(), null);
        }
        return next;
    }

    /** What answers with errors only must not hold a type that goes. */
    private static Model gone(Model model, String type, @Nullable String keeper) {
        return model.retiring((retired, all) -> retired.schema().equals(keeper)
                ? retired
                : retired.mapTombstones(
                        t -> t.typed(c -> isSame(c.type(), type) ? new Tombstone.Typed(c.name(), "text") : c)));
    }

    private static Column named(Column column, String from, String to) {
        Column next = isSame(column.type(), from) ? column.typed(to) : column;
        String value = next.defaultSql();
        int cast = value == null ? -1 : value.lastIndexOf("::");
        return cast > 0 && isSame(value.substring(cast + 2), from)
                ? next.withDefault(value.substring(0, cast + 2) + to)
                : next;
    }

    private static boolean isSame(String type, String other) {
        return type.replace("\"", "").equals(other.replace("\"", ""));
    }

    /** Tombstones that must let go of a type, but for those that are made anew with their table. */
    static List<String> tombstones(Model before, Model after, Set<String> tables) {
        List<String> statements = new ArrayList<>();
        for (Retired old : before.retired()) {
            after.retired().stream()
                    .filter(r -> r.schema().equals(old.schema()))
                    .findFirst()
                    .ifPresent(next -> {
                        for (Tombstone tombstone : next.tombstones()) {
                            boolean stood = old.tombstones().stream()
                                    .anyMatch(t -> t.name().equals(tombstone.name()) && !t.equals(tombstone));
                            if (stood && !tables.contains(tombstone.source())) {
                                statements.add(tombstone.drop(next.schema()));
                                statements.addAll(tombstone.create(after.baseSchema(), next.schema()));
                            }
                        }
                    });
        }
        return statements;
    }

    /** The statements of types, in their order. */
    static List<String> statements(List<AlteredEnum> altered, Function<AlteredEnum, List<Statement>> which) {
        return altered.stream()
                .flatMap(e -> which.apply(e).stream())
                .map(Statement::sql)
                .toList();
    }
}
