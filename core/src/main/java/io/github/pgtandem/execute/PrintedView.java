package io.github.pgtandem.execute;

import static io.github.pgtandem.schema.Identifiers.literal;

import io.github.pgtandem.plan.CompileFailure;
import io.github.pgtandem.schema.BoundSql;
import io.github.pgtandem.schema.BoundSql.Read;
import io.github.pgtandem.schema.BoundSql.Source;
import io.github.pgtandem.schema.Table;
import io.github.pgtandem.schema.VersionedView;
import java.util.List;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Lets PostgreSQL print a view over the copy of a version, and puts a select over the stored table in the place of each
 * table. It holds the columns that are read and no other, so that the view does not hold on to more.
 */
final class PrintedView {

    private static final String CHECK = "_pgtandem_check";

    private final JdbcTemplate jdbc;
    private final VersionCopy copy;
    private final CopiedReads reads;

    PrintedView(JdbcTemplate jdbc, VersionCopy copy, CopiedReads reads) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.reads = reads;
    }

    BoundSql of(String view, List<VersionedView.Shown> shown) {
        String text = copy.qualifying(() -> String.valueOf(
                        jdbc.queryForObject("SELECT pg_get_viewdef(" + literal(view) + "::regclass)", String.class)))
                .strip()
                .replaceFirst(";$", "");
        return fitting(text, shown);
    }

    /** A list of aliases behind a table counts all of its columns. */
    private BoundSql fitting(String text, List<VersionedView.Shown> shown) {
        try {
            return checked(text, shown, reads::columns);
        } catch (CompileFailure e) {
            return checked(text, shown, CopiedReads::all);
        }
    }

    /** The printed query with selects in the place of tables, once PostgreSQL has found the same in it. */
    private BoundSql checked(String text, List<VersionedView.Shown> shown, Function<Table, List<Read>> columns) {
        BoundSql onCopy = copy.bound(
                text,
                t -> new Source(
                        t.name(),
                        columns.apply(t).stream()
                                .map(c -> new Read(c.name(), c.name()))
                                .toList()));
        String check = copy.qualified(CHECK);
        jdbc.execute("SAVEPOINT pgtandem_check");
        try {
            jdbc.execute("CREATE VIEW " + check + " AS " + onCopy.in(copy.copies(), copy.objects()));
            if (!copy.columns(check).equals(shown)) {
                throw new CompileFailure("its columns depend on how its tables are stored.", "Name the columns.");
            }
        } catch (DataAccessException e) {
            if (ServerMessages.isTrouble(e)) {
                throw e;
            }
            throw new CompileFailure(
                    "it cannot be read through the version's columns: " + ServerMessages.text(e) + ".",
                    "Leave out ONLY, TABLESAMPLE and regclass constants.",
                    e);
        } finally {
            jdbc.execute("ROLLBACK TO SAVEPOINT pgtandem_check");
        }
        return copy.bound(text, t -> new Source(t.stored(), columns.apply(t)));
    }
}
