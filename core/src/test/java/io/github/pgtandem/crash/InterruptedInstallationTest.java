package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationFile;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P6 for the first release on an empty schema, and for a release in several parts. */
@ExtendWith(DatabaseExtension.class)
class InterruptedInstallationTest {

    private static final MigrationFile TABLE = file("0001_table", """
            operations:
              - create_table:
                  name: products
                  columns: [{name: id, type: int, pk: true}, {name: price, type: text}]
            """);
    private static final MigrationFile ROWS = file("0002_rows", """
            operations:
              - sql: {up: "INSERT INTO products VALUES (1, '1.50'), (2, '2')", down: DELETE FROM products}
            """);
    private static final MigrationFile CENTS = file("0003_cents", """
            operations:
              - alter_column:
                  {table: products, column: price, type: int, up: "(price::numeric * 100)::int", down: "price / 100.0"}
            """);
    private static final MigrationFile MORE = file("0004_more", """
            operations:
              - sql: {up: "INSERT INTO products VALUES (3, '3')", down: DELETE FROM products WHERE id = 3}
            """);

    private static final MigrationFile CENTS_AFTER = new MigrationFile("db/0005_cents.yaml", CENTS.content());

    @Test
    void anInstallationThatIsCutAnywhereEndsAsOneThatIsNot(Database database, Database whole) {
        start(whole.dataSource(), TABLE, ROWS, CENTS);

        List<String> cuts = Relay.run(database, source -> start(source, TABLE, ROWS, CENTS));

        assertThat(cuts).hasSizeGreaterThan(10);
        assertThat(whole.jdbc().queryForList("SELECT price FROM products ORDER BY id", Integer.class))
                .containsExactly(150, 200);
        Condition.of(database).assertEquals(Condition.of(whole), "before each of " + cuts);
    }

    @Test
    void aReleaseInTwoPartsThatIsCutAnywhereEndsAsOneThatIsNot(Database database, Database whole) {
        for (Database each : List.of(database, whole)) {
            start(each.dataSource(), TABLE, ROWS);
        }
        start(whole.dataSource(), TABLE, ROWS, MORE, CENTS_AFTER);

        List<String> cuts = Relay.run(database, source -> start(source, TABLE, ROWS, MORE, CENTS_AFTER));

        Condition.of(database).assertEquals(Condition.of(whole), "before each of " + cuts);
    }

    private static MigrationFile file(String name, String content) {
        return new MigrationFile("db/" + name + ".yaml", content);
    }

    private static void start(DataSource source, MigrationFile... files) {
        new PgTandem(source, Release.parse(List.of(files)), Settings.forSchema("public"), new PgTandemListener() {})
                .start(new Actor("test", "test"));
    }
}
