package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;

import io.github.pgtandem.change.PendingForeignKey;
import io.github.pgtandem.change.Renames;
import io.github.pgtandem.change.Stage;
import io.github.pgtandem.change.Statement;
import io.github.pgtandem.change.Statement.Mode;
import io.github.pgtandem.schema.Constraint;
import io.github.pgtandem.schema.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A foreign key that complete makes anew: its key gives way to another one over the same columns, or it acts otherwise
 * from now on. PostgreSQL hangs a foreign key on the oldest key that fits, so it has to be done in the transaction in
 * which that one goes. The rows are looked through afterwards, beside writers; there can be none that does not fit.
 *
 * @param settled stored name of the table whose settlement does it
 * @param table stored name of the referencing table
 * @param key the foreign key
 */
record RemadeForeignKey(String settled, String table, Constraint key) {

    /** All that settlements make anew, in stored names as they are before. */
    static List<RemadeForeignKey> of(Model before, Version to, Collection<Settlement> settlements) {
        List<RemadeForeignKey> remade = new ArrayList<>();
        List<Version> versions = before.versions();
        for (Version version : versions.subList(before.position(to.name()), versions.size())) {
            for (Table table : version.tables().tables().values()) {
                for (Constraint key : table.constraints()) {
                    boolean known = key.references() == null
                            || remade.stream()
                                    .anyMatch(r -> r.table.equals(table.stored())
                                            && r.key.stored().equals(key.stored()));
                    if (!known) {
                        settlement(before, table, key, version == to, settlements)
                                .ifPresent(s -> remade.add(
                                        new RemadeForeignKey(s.storage().stored(), table.stored(), key)));
                    }
                }
            }
        }
        return remade;
    }

    private static Optional<Settlement> settlement(
            Model before, Table table, Constraint key, boolean completed, Collection<Settlement> settlements) {
        return settlements.stream()
                .filter(s -> key.leadsTo(before.baseSchema(), s.storage().stored()) && losesKey(s, key))
                .findFirst()
                .or(() -> settlements.stream()
                        .filter(s ->
                                completed && s.storage().stored().equals(table.stored()) && isOther(before, table, key))
                        .findFirst());
    }

    private static boolean losesKey(Settlement settlement, Constraint foreign) {
        return settlement.gone().stream()
                .filter(c -> c.columns().stream().noneMatch(settlement.dropped()::contains))
                .anyMatch(foreign::isKeptBy);
    }

    /** Whether it is stored as the first version that has it sees it, and not as the completed one does. */
    private static boolean isOther(Model before, Table table, Constraint key) {
        return before.versions().stream()
                .flatMap(v -> v.tables().findStored(table.stored()).stream())
                .flatMap(t -> t.constraints().stream())
                .filter(c -> c.stored().equals(key.stored()))
                .findFirst()
                .filter(c -> !c.sql().equals(key.sql()) || !Objects.equals(c.comment(), key.comment()))
                .isPresent();
    }

    /** The same when a settlement has given final names. */
    RemadeForeignKey after(Settlement settlement) {
        Renames renames = settlement.renames();
        String stored = !table.equals(renames.table())
                ? key.stored()
                : settlement.seen().stream()
                        .flatMap(t -> t.constraints().stream())
                        .filter(c -> c.stored().equals(key.stored()))
                        .map(Constraint::name)
                        .findFirst()
                        .orElse(key.stored());
        return new RemadeForeignKey(
                settled, renames.table(table), renames.constraint(table, key).storedAs(stored));
    }

    /** Takes it away, with its table's lock in sight for whoever shares out the time for which writers may wait. */
    List<String> drop(String schema) {
        String on = id(schema, table);
        return List.of(
                "LOCK TABLE " + on + " IN ACCESS EXCLUSIVE MODE",
                "ALTER TABLE " + on + " DROP CONSTRAINT " + id(key.stored()));
    }

    /** Puts it back, in the names of columns and tables that the settlement gives. */
    List<String> add(String schema, Renames renames) {
        return new PendingForeignKey(renames.table(table), renames.constraint(table, key))
                .expand(schema).stream()
                        .filter(s -> !scans(s))
                        .map(Statement::sql)
                        .toList();
    }

    /** What is left to do beside writers, once all names are final. */
    void validate(Steps steps, Version to, String schema) {
        PendingForeignKey change = new PendingForeignKey(table, key);
        steps.separately(
                to.name(),
                change,
                Stage.SETTLE,
                change.expand(schema).stream().filter(RemadeForeignKey::scans).toList());
    }

    private static boolean scans(Statement statement) {
        return statement.mode() == Mode.ALONE && statement.sql().startsWith("ALTER TABLE");
    }
}
