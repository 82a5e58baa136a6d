package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.cases.Case;
import io.github.pgtandem.cases.Rows;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** That a case's migration is what somebody would have done by hand, while versions are at work. */
final class Agreement {

    private final Fleet fleet;
    private final Case each;

    Agreement(Fleet fleet, Case each) {
        this.fleet = fleet;
        this.each = each;
    }

    /** P2: the new version sees the rows that {@code after.sql} makes of those that the old one sees at this moment. */
    void ofRows() {
        try (Database byHand = fleet.database().postgres().database();
                Connection snapshot = fleet.database().dataSource().getConnection()) {
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            JdbcTemplate reader = new JdbcTemplate(new SingleConnectionDataSource(snapshot, true));
            byHand.execute(each.text("before.sql"));
            pin(reader, Fleet.BASE);
            copy(reader, byHand);
            byHand.execute(each.text("after.sql"));
            pin(reader, Case.MIGRATION);

            assertThat(rows(reader, byHand)).isEqualTo(rows(byHand.jdbc(), byHand));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** P5: nothing but what {@code after.sql} makes. */
    void ofCatalogues() {
        try (Database byHand = fleet.database().postgres().database()) {
            byHand.execute(each.text("before.sql"), each.text("after.sql"));
            Catalogue wanted = fleet.shape(byHand).withNotNullNames();

            assertThat(fleet.catalogue().difference(wanted)).isEmpty();
        }
    }

    private static void pin(JdbcTemplate reader, String version) {
        reader.execute("SET LOCAL search_path = \"" + Fleet.schema(version) + "\", public");
    }

    private static Map<String, List<String>> rows(JdbcTemplate reader, Database tables) {
        Map<String, List<String>> rows = new HashMap<>();
        Rows.tables(tables.jdbc()).forEach(t -> rows.put(t, Rows.of(reader, t).toList()));
        return rows;
    }

    private static void copy(JdbcTemplate from, Database to) throws SQLException {
        try (Connection connection = to.dataSource().getConnection()) {
            JdbcTemplate writer = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            // Neither foreign keys nor triggers are in the way of a copy.
            writer.execute("SET session_replication_role = replica");
            for (String table : Rows.tables(writer)) {
                String columns = writer.queryForObject(
                        "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute"
                                + " WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
                        String.class,
                        table);
                writer.execute("DELETE FROM " + table);
                writer.batchUpdate(
                        "INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, ?::jsonb)"
                                .formatted(table, columns),
                        Rows.of(from, table).map(row -> new Object[] {row}).toList());
            }
        }
    }
}
