package io.github.pgtandem.plan;

import static io.github.pgtandem.plan.MovedRows.list;
import static io.github.pgtandem.schema.Identifiers.dollarQuoted;
import static io.github.pgtandem.schema.Identifiers.id;
import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.change.MovedColumns;
import io.github.pgtandem.change.MovedColumns.Pair;
import io.github.pgtandem.schema.Identifiers;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The functions behind {@link MoveTriggers}. They have their owner's rights, as who may write the one table need not know
 * the other, and write under the writer's own path, so that the sync triggers of the tables know who writes.
 *
 * <p>The two directions lock a pair of rows in opposite order. So that nobody waits for each other in a circle, an older
 * version's write does not wait for a row while somebody waits for it: it notes in its own row that the value is still to
 * be carried, and whoever writes to either row next does that.
 */
record MoveFunctions(MovedRows rows) {

    static final String FORTH = "forth";
    static final String BACK = "back";
    static final String ARRIVING = "arriving";

    /** Whether there is a row, beside columns that may have any name of the author's. */
    private static final String THERE = Identifiers.PREFIX + "there";

    private static final String RESTORE = "PERFORM pg_catalog.set_config('search_path', path, true)";

    List<String> all() {
        return move().created() ? List.of(forth(), back()) : List.of(forth(), back(), arriving());
    }

    /** Its quoted name. */
    String name(String function) {
        return id(baseSchema(), Identifiers.fit(Identifiers.PREFIX + function + "_" + move().name(), ""));
    }

    /** Nobody else may hang it on a table of his own, where it would write for him with its owner's rights. */
    String closed(String function) {
        return "REVOKE ALL ON FUNCTION " + name(function) + "() FROM PUBLIC";
    }

    /** Carries a row of the old table, as an older version has written it, over to those of the new one. */
    String forth() {
        String pending = id(move().pending());
        String noted = """
                    ELSIF TG_OP = 'UPDATE' AND NEW.%s THEN
                        writer := %s;
                """.formatted(pending, literal(baseSchema()));
        String body = """
                    IF pgtandem.lock_rows(%1$s, %2$s) THEN
                        %3$s
                        IF NEW.%4$s THEN
                            UPDATE %5$s AS f SET %4$s = NULL WHERE %6$s;
                        END IF;
                    ELSE
                        UPDATE %5$s AS f SET %4$s = true WHERE %6$s AND f.%4$s IS NOT TRUE;
                    END IF;
                """.formatted(
                        literal(rows.to()),
                        condition(),
                        carried(),
                        pending,
                        rows.from(),
                        rows.match("f", Pair::from, "NEW", Pair::from));
        return function(FORTH, "", true, noted, (move().created() ? following() : "") + body, "NULL");
    }

    /** Rows that were made for a row go where it goes. */
    private String following() {
        return """
                    IF TG_OP = 'DELETE' THEN
                        DELETE FROM %1$s AS t WHERE %2$s;
                        %3$s;
                        RETURN NULL;
                    END IF;
                    IF TG_OP = 'UPDATE' AND (%4$s) THEN
                        UPDATE %1$s AS t SET %5$s WHERE %2$s;
                    END IF;
                """.formatted(
                        rows.to(),
                        rows.match("t", Pair::to, "OLD", Pair::from),
                        RESTORE,
                        rows.moves(Pair::from),
                        list(move().match(), p -> id(p.to()) + " = NEW." + id(p.from())));
    }

    /** Rows of the new table that belong to the one written, as SQL that makes a condition. */
    private String condition() {
        String format = list(move().match(), " AND ", p -> id(p.to()).replace("%", "%%") + " = %L");
        return "pg_catalog.format(" + literal(format) + ", " + list(move().match(), p -> "NEW." + id(p.from())) + ")";
    }

    private String carried() {
        String belongs = rows.match("t", Pair::to, "NEW", Pair::from);
        String update = "UPDATE " + rows.to() + " AS t SET "
                + list(move().pairs(), p -> id(p.to()) + " = NEW." + id(p.from())) + "\n        WHERE " + belongs
                + (move().first().isEmpty() ? "" : "\n            AND (TG_OP = 'INSERT' OR " + likeBefore() + ")")
                + ";";
        if (!move().created()) {
            return update;
        }
        List<Pair> all =
                Stream.concat(move().match().stream(), move().pairs().stream()).toList();
        return """
                %s
                        IF NOT FOUND AND (%s) THEN
                            INSERT INTO %s (%s)
                            VALUES (%s) ON CONFLICT DO NOTHING;
                        END IF;""".formatted(
                        update,
                        list(move().pairs(), " OR ", p -> "NEW." + id(p.from()) + " IS NOT NULL"),
                        rows.to(),
                        list(all, p -> id(p.to())),
                        list(all, p -> "NEW." + id(p.from())));
    }

    /** The row that older versions see, and those like it; others were given their values by a newer version. */
    private String likeBefore() {
        String same = list(
                move().pairs(),
                " AND ",
                p -> "t." + id(p.to()) + "::text IS NOT DISTINCT FROM OLD." + id(p.from()) + "::text");
        return same + "\n            OR t.ctid = (" + rows.first("t.ctid", rows.match("t", Pair::to, "NEW", Pair::from))
                + ")";
    }

    /** Carries what belongs to a row of the old table back to it, as a newer version has left it. */
    String back() {
        String body = """
                    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (%s) THEN
                %s    END IF;
                    IF TG_OP <> 'DELETE' THEN
                %s%s    END IF;
                """.formatted(rows.moves(Pair::to), seen("OLD"), taken(), seen("NEW"));
        return function(BACK, "    held record;\n", false, "", body, "NULL");
    }

    /** What an older version has written and could not carry over is in the old row only. */
    private String taken() {
        String own = rows.match("f", Pair::from, "NEW", Pair::to);
        String theirs = rows.match("t", Pair::to, "NEW", Pair::to);
        String merged = list(
                move().pairs(),
                p ->
                        "%1$s = CASE WHEN TG_OP = 'INSERT' OR NEW.%1$s::text IS DISTINCT FROM OLD.%1$s::text THEN t.%1$s ELSE held.%2$s END"
                                .formatted(id(p.to()), id(p.from())));
        return """
                        SELECT %1$s, f.%2$s INTO held FROM %3$s AS f WHERE %4$s FOR NO KEY UPDATE;
                        IF held.%2$s THEN
                            UPDATE %3$s AS f SET %2$s = NULL WHERE %4$s;
                            UPDATE %5$s AS t SET %6$s
                            WHERE t.ctid = (%7$s);
                        END IF;
                """.formatted(
                        list(move().pairs(), p -> "f." + id(p.from())),
                        id(move().pending()),
                        rows.from(),
                        own,
                        rows.to(),
                        merged,
                        rows.first("t.ctid", theirs));
    }

    /** Gives the old row what the new one has to which it belongs, or the first of several. */
    private String seen(String row) {
        Function<Pair, String> value =
                p -> "CASE WHEN s." + THERE + " THEN s." + id(p.to()) + " ELSE " + rows.absent(p) + " END";
        // Locked first, so that the next statement sees what those have committed that were waited for.
        return """
                        PERFORM FROM %1$s AS f WHERE %2$s FOR NO KEY UPDATE;
                        UPDATE %1$s AS f SET %3$s
                        FROM (SELECT) AS one
                        LEFT JOIN (%4$s) AS s ON true
                        WHERE %2$s AND (%5$s);
                """.formatted(
                        rows.from(),
                        rows.match("f", Pair::from, row, Pair::to),
                        list(move().pairs(), p -> id(p.from()) + " = " + value.apply(p)),
                        rows.first(
                                "true AS " + THERE + ", " + list(move().pairs(), p -> "t." + id(p.to())),
                                rows.match("t", Pair::to, row, Pair::to)),
                        list(
                                move().pairs(),
                                " OR ",
                                p -> "f." + id(p.from()) + "::text IS DISTINCT FROM (" + value.apply(p) + ")::text"));
    }

    /** A row that an older version adds to the new table, which it knows without the columns, gets their values. */
    String arriving() {
        String body = """
                    SELECT %s
                    INTO %s
                    FROM %s AS f WHERE %s FOR SHARE;
                """.formatted(
                        list(move().pairs(), p -> "f." + id(p.from())),
                        list(move().pairs(), p -> "NEW." + id(p.to())),
                        rows.from(),
                        rows.match("f", Pair::from, "NEW", Pair::to));
        return function(ARRIVING, "", true, "", body, "NEW");
    }

    /**
     * A function that works for writers of some versions only.
     *
     * @param others what to do about other writers, as branches
     * @param result what it returns
     */
    private String function(String kind, String declare, boolean older, String others, String body, String result) {
        String writers = rows.writers(older);
        // Operators are found by the path, so nothing but calls of known functions may come before it is set.
        String block = """

                DECLARE
                    writer text := pg_catalog.current_schema();
                    path text := pg_catalog.current_setting('search_path');
                %1$sBEGIN
                    PERFORM pg_catalog.set_config('search_path', '', true);
                    IF %2$s THEN
                        NULL;
                %3$s    ELSE
                        %4$s;
                        RETURN %5$s;
                    END IF;
                    PERFORM pg_catalog.set_config('search_path', pg_catalog.format('%%I, %%I', writer, %6$s), true);
                %7$s    %4$s;
                    RETURN %5$s;
                END
                """.formatted(
                        declare,
                        writers.isEmpty() ? "false" : "writer IN (" + writers + ")",
                        others,
                        RESTORE,
                        result,
                        literal(baseSchema()),
                        body);
        return "CREATE OR REPLACE FUNCTION " + name(kind) + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS "
                + dollarQuoted(block);
    }

    private MovedColumns move() {
        return rows.move();
    }

    private String baseSchema() {
        return rows.model().baseSchema();
    }
}
