package io.github.pgtandem.operation;

import io.github.pgtandem.change.RawSql;
import io.github.pgtandem.migration.Fields;
import io.github.pgtandem.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The author's own SQL. What it does to the schema is the author's to keep compatible with the live versions. */
record Sql(String up, @Nullable String down, boolean onComplete) implements Operation {

    static Sql read(Fields fields) {
        Sql sql = new Sql(fields.text("up"), fields.optionalText("down"), fields.flag("onComplete"));
        if (sql.onComplete && sql.down != null) {
            throw fields.invalid(
                    "down",
                    "down is never run with onComplete: a completed migration cannot be rolled back.",
                    "Leave out down, or onComplete.");
        }
        return sql;
    }

    @Override
    public Expansion expand(Schema before) {
        return new Expansion(before, List.of(new RawSql(up, down, onComplete)), List.of(), List.of());
    }

    @Override
    public @Nullable String table() {
        return null;
    }

    @Override
    public String subject() {
        return "sql";
    }
}
