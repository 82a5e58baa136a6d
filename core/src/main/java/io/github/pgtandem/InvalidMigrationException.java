package io.github.pgtandem;

import java.util.List;

/**
 * Migration files that cannot be read, planned or compiled. The message names file, line, operation and remedy of every
 * problem.
 */
public final class InvalidMigrationException extends PgTandemException {

    private static final long serialVersionUID = 1L;

    private final transient List<MigrationProblem> problems;

    /**
     * @param problems in the order of files and lines
     * @throws IllegalArgumentException where there is none
     */
    public InvalidMigrationException(List<MigrationProblem> problems) {
        super(
                text(problems),
                problems.size() == 1 ? problems.get(0).remedy() : "Correct each of them and start again.");
        this.problems = List.copyOf(problems);
    }

    /** All of them, in the order of files and lines. */
    public List<MigrationProblem> problems() {
        return problems;
    }

    private static String text(List<MigrationProblem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("there is no problem to report");
        }
        if (problems.size() == 1) {
            return line(problems.get(0));
        }
        StringBuilder text = new StringBuilder(problems.size() + " problems in the migrations:");
        for (MigrationProblem each : problems) {
            text.append('\n').append(line(each));
            each.remedy().lines().forEach(line -> text.append("\n    ").append(line));
        }
        return text.toString();
    }

    private static String line(MigrationProblem problem) {
        return problem.location() + ": " + problem.problem();
    }
}
