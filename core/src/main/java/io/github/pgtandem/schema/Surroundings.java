package io.github.pgtandem.schema;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What hangs on a stored table that no version changes; read from the catalogue each time.
 *
 * @param grants privileges to repeat on overlays
 * @param dependents what stops columns from being dropped
 * @param userTriggers names of the user's BEFORE UPDATE row triggers
 * @param partitioning where its rows lie
 * @param rowSecurity whether row-level security is on
 */
public record Surroundings(
        List<Grant> grants,
        List<Dependent> dependents,
        List<String> userTriggers,
        Partitioning partitioning,
        boolean rowSecurity) {

    /** Those of a new table. */
    public static final Surroundings NONE = new Surroundings(List.of(), List.of(), List.of(), Partitioning.NONE, false);

    public Surroundings {
        grants = List.copyOf(grants);
        dependents = List.copyOf(dependents);
        userTriggers = List.copyOf(userTriggers);
    }

    /** The same with other privileges. */
    Surroundings granting(List<Grant> newGrants) {
        return new Surroundings(newGrants, dependents, userTriggers, partitioning, rowSecurity);
    }

    /** Roles that have a privilege on single columns and not on the whole table. */
    public Set<String> rolesOfColumns() {
        Set<String> roles = new TreeSet<>();
        for (Grant grant : grants) {
            boolean whole = grants.stream()
                    .anyMatch(g -> g.column().isEmpty()
                            && g.grantee().equals(grant.grantee())
                            && g.privilege().equals(grant.privilege()));
            if (!grant.column().isEmpty() && !whole) {
                roles.add(grant.grantee());
            }
        }
        return roles;
    }

    /** The same after columns got other stored names. */
    Surroundings renamed(UnaryOperator<String> columns) {
        return new Surroundings(
                grants.stream()
                        .map(g -> new Grant(g.grantee(), g.privilege(), columns.apply(g.column()), g.grantable()))
                        .toList(),
                dependents.stream()
                        .map(d -> new Dependent(d.object(), columns.apply(d.column()), d.blocksDrop()))
                        .toList(),
                userTriggers,
                new Partitioning(
                        partitioning.kind(),
                        partitioning.key().stream().map(columns).toList(),
                        partitioning.unkeyable()),
                rowSecurity);
    }
}
