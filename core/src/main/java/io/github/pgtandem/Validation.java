package io.github.pgtandem;

import java.util.List;

/**
 * What PostgreSQL and pgtandem have against the pending migrations of a release.
 *
 * @param migrations the pending ones, in order; none where the database has them all
 * @param unjudged those of them of which only the {@code sql} operations could be looked at: they come after a migration
 *     with SQL of the author's, and what that makes is known only once it has run
 * @param problems all of them, in the order of files and lines, without those that only follow from another
 */
public record Validation(List<String> migrations, List<String> unjudged, List<MigrationProblem> problems) {

    public Validation {
        migrations = List.copyOf(migrations);
        unjudged = List.copyOf(unjudged);
        problems = List.copyOf(problems);
    }

    /** Whether there is no problem. */
    public boolean isValid() {
        return problems.isEmpty();
    }

    /**
     * Does nothing where there is no problem.
     *
     * @throws InvalidMigrationException with all of them, as an expand would throw it
     */
    public void orThrow() {
        if (!isValid()) {
            throw new InvalidMigrationException(problems);
        }
    }
}
