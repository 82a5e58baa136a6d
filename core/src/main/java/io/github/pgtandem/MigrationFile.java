package io.github.pgtandem;

/**
 * One migration file as found, not yet parsed.
 *
 * @param path where it was found, as error messages show it, for example {@code db/pgtandem/0007_orders.yaml}
 * @param content the whole text
 */
public record MigrationFile(String path, String content) {

    /** The file name without folder, for example {@code 0007_orders.yaml}. */
    public String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The migration's and the version's name: the file name without its last extension. */
    public String name() {
        String file = fileName();
        int dot = file.lastIndexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }
}
