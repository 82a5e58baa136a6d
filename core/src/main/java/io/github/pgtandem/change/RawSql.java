package io.github.pgtandem.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL of the author's, run as it is.
 *
 * @param up runs at expand, or at complete where {@code onComplete}
 * @param down runs at rollback, or null
 * @param onComplete whether {@code up} waits for complete
 */
public record RawSql(String up, @Nullable String down, boolean onComplete) implements Change {

    @Override
    public Stage stage() {
        return Stage.STORAGE;
    }

    @Override
    public String describe() {
        return "run SQL";
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public List<Statement> expand(String schema) {
        return onComplete ? List.of() : List.of(run(up));
    }

    @Override
    public List<Statement> complete(String schema) {
        return onComplete ? List.of(run(up)) : List.of();
    }

    @Override
    public List<Statement> rollback(String schema) {
        return onComplete || down == null ? List.of() : List.of(run(down));
    }

    private static Statement run(String sql) {
        return new Statement(sql, null, Statement.Mode.ALONE);
    }
}
