package io.github.pgtandem.migration;

/**
 * Where something stands in a migration file.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record Location(String path, int line, int column) {

    /** The form that editors and terminals turn into a link, for example {@code db/pgtandem/0007_orders.yaml:12:5}. */
    @Override
    public String toString() {
        return path + ":" + line + ":" + column;
    }
}
