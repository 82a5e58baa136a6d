package io.github.pgtandem.schema;

import java.util.List;

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
}
