package io.github.pgtandem;

/**
 * What is wrong at one place of a migration file.
 *
 * @param path the file, as it was given
 * @param line counted from 1
 * @param column counted from 1
 * @param problem what is wrong there, with the operation
 * @param remedy what to write instead
 */
public record MigrationProblem(String path, int line, int column, String problem, String remedy) {

    /** The form that editors and terminals turn into a link, for example {@code db/pgtandem/0007_orders.yaml:12:5}. */
    public String location() {
        return path + ":" + line + ":" + column;
    }
}
