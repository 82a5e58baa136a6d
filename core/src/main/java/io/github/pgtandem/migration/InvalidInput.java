package io.github.pgtandem.migration;

import io.github.pgtandem.MigrationProblem;

/** A problem at a place, with its remedy. Collected, so that all problems of a release are reported at once. */
public final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location location;
    private final String problem;
    private final String remedy;

    public InvalidInput(Location at, String problem, String remedy) {
        super(at + ": " + problem + "\n" + remedy);
        this.location = at;
        this.problem = problem;
        this.remedy = remedy;
    }

    MigrationProblem asProblem() {
        return new MigrationProblem(location.path(), location.line(), location.column(), problem, remedy);
    }

    /** Where it stands. */
    public Location location() {
        return location;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
