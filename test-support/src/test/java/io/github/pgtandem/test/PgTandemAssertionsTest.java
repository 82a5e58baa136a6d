package io.github.pgtandem.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.pgtandem.Actor;
import io.github.pgtandem.MigrationState;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.Release;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Status;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(DatabaseExtension.class)
class PgTandemAssertionsTest {

    private static final Settings PUBLIC = Settings.forSchema("public");
    private static final String USERS = "CREATE TABLE users (id bigint PRIMARY KEY, name text, age text)";

    @TempDir
    Path folder;

    @Test
    void migrationsThatCanBeReadAreGivenAsTheRelease() {
        assertThat(PgTandemAssertions.assertMigrationsValid().names())
                .containsExactly("0001_users", "0002_age", "0003_full_name");
    }

    @Test
    void whatIsWrongWithMigrationsIsToldAtOnce() throws IOException {
        write("0001_typo", "rename_colum: {table: users, from: name, to: title}");
        write("0002_lacks", "rename_column: {table: users, from: name}");

        assertThatThrownBy(() -> PgTandemAssertions.assertMigrationsValid(location()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0001_typo.yaml:2:5: ")
                .hasMessageContaining("0002_lacks.yaml:2:20: ");
    }

    @Test
    void aFolderWithoutMigrationsFailsAndSaysWhereTheyBelong() {
        assertThatThrownBy(() -> PgTandemAssertions.assertMigrationsValid("classpath:db/absent"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        No migrations (*.yaml, *.yml, *.json) in [classpath:db/absent].
                        Put them there, or name the folder that holds them.""");
    }

    @Test
    void migrationsThatPostgresqlCompilesAreValidAndLeaveTheDatabaseAsItIs(Database database) {
        assertThat(PgTandemAssertions.assertMigrationsValid(database.dataSource())
                        .names())
                .containsExactly("0001_users", "0002_age", "0003_full_name");

        assertThat(database.jdbc().queryForList("SELECT relname FROM pg_class WHERE relname IN ('users', 'act')"))
                .isEmpty();
    }

    @Test
    void whatPostgresqlHasAgainstPendingMigrationsIsToldAtOnce(Database database) throws IOException {
        database.execute(USERS);
        write(
                "0001_age",
                "alter_column: {table: users, column: age, type: int, up: \"agee::int\", down: \"age::text\"}");
        write("0002_drop", "drop_column: {table: users, column: nam, down: \"''\"}");

        assertThatThrownBy(() -> PgTandemAssertions.assertMigrationsValid(
                        database.dataSource(), PUBLIC.withBaseline("0000_baseline"), location()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("2 problems in the migrations:\n")
                .hasMessageContaining("0001_age.yaml:2:62: alter_column users.age: up: column \"agee\" does not exist.")
                .hasMessageContaining("0002_drop.yaml:2:41: drop_column users.nam: column \"nam\" does not exist");
    }

    @Test
    void aDatabaseThatHasEveryMigrationHasNothingAgainstThem(Database database) {
        PgTandemAssertions.assertCompletes(database.dataSource());

        PgTandemAssertions.assertMigrationsValid(database.dataSource());
    }

    @Test
    void tablesThatNoMigrationHasMadeNeedABaselineToBeValidated(Database database) {
        database.execute(USERS);

        assertThatThrownBy(() -> PgTandemAssertions.assertMigrationsValid(database.dataSource()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("schema public has 1 table (users) but no history of migrations.");
    }

    @PostgresVersions
    void onAnEmptyDatabaseEachMigrationAfterTheFirstIsRolledBackAndCompleted(Database database) {
        PgTandemAssertions.assertRollsBackCleanly(database.dataSource());

        assertThat(acts(database))
                .containsExactly(
                        "EXPAND 0001_users",
                        "COMPLETE 0001_users",
                        "EXPAND 0002_age,0003_full_name",
                        "ROLLBACK 0002_age,0003_full_name",
                        "EXPAND 0002_age",
                        "ROLLBACK 0002_age",
                        "EXPAND 0002_age",
                        "COMPLETE 0002_age",
                        "EXPAND 0003_full_name",
                        "ROLLBACK 0003_full_name",
                        "EXPAND 0003_full_name",
                        "COMPLETE 0003_full_name");
    }

    @PostgresVersions
    void onAnEmptyDatabaseTheMigrationsAfterTheFirstAreCompletedAsOneRelease(Database database) {
        PgTandemAssertions.assertCompletes(database.dataSource());

        assertThat(acts(database))
                .containsExactly(
                        "EXPAND 0001_users",
                        "COMPLETE 0001_users",
                        "EXPAND 0002_age,0003_full_name",
                        "COMPLETE 0002_age,0003_full_name");
        assertThat(tandem(database, "classpath:db/pgtandem").status().migrations())
                .extracting(Status.Migration::state)
                .containsOnly(MigrationState.COMPLETED);
    }

    @Test
    void tablesWithoutHistoryAreCheckedFromTheirBaselineOn(Database database) {
        database.execute(USERS, "INSERT INTO users VALUES (1, 'Ada', '36')");

        PgTandemAssertions.assertRollsBackCleanly(database.dataSource(), PUBLIC.withBaseline("0001_users"));

        assertThat(database.jdbc().queryForObject("SELECT full_name || age FROM users", String.class))
                .isEqualTo("Ada36");
    }

    @Test
    void rowsThatAMigrationCannotTranslateFailIt(Database database) throws IOException {
        database.execute(USERS, "INSERT INTO users VALUES (1, 'Ada', 'unknown')");
        write(
                "0001_age",
                "alter_column: {table: users, column: age, type: int, up: \"age::int\", down: \"age::text\"}");

        assertThatThrownBy(() -> PgTandemAssertions.assertCompletes(
                        database.dataSource(), PUBLIC.withBaseline("0000_baseline"), location()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Cannot expand up to 0001_age: ")
                .hasMessageContaining("invalid input syntax for type integer: \"unknown\"");
    }

    @Test
    void aMigrationThatCannotCompleteFails(Database database) throws IOException {
        write("0001_users", "create_table: {name: users, columns: [{name: id, type: bigint, pk: true}]}");
        write("0002_late", "sql: {up: DROP TABLE absent, onComplete: true}");

        assertThatThrownBy(() -> PgTandemAssertions.assertCompletes(database.dataSource(), location()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Cannot complete [0002_late]: ")
                .hasMessageContaining("table \"absent\" does not exist");
    }

    @Test
    void whatARollbackLeavesBehindIsTold(Database database) throws IOException {
        database.execute(USERS, "INSERT INTO users VALUES (1, 'Ada', '36')");
        write("0001_mood", "sql: {up: \"CREATE TYPE mood AS ENUM ('good', 'bad'); UPDATE users SET age = '37'\"}");

        assertThatThrownBy(() -> PgTandemAssertions.assertRollsBackCleanly(
                        database.dataSource(), PUBLIC.withBaseline("0000_baseline"), location()))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("""
                        After expand and rollback of \\[0001_mood] schema public is not as before \\(-\\), but \\(\\+\\):
                        - rows users 1 digest -?\\d+
                        \\+ type mood good, bad
                        \\+ rows users 1 digest -?\\d+""");
    }

    @Test
    void aDatabaseThatHasEveryMigrationIsNoCheck(Database database) {
        PgTandemAssertions.assertCompletes(database.dataSource());

        assertThatThrownBy(() -> PgTandemAssertions.assertRollsBackCleanly(database.dataSource()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        There is nothing to check: the database has every migration up to 0003_full_name already.
                        Give an empty database, or one as the release before left it.""");
    }

    @Test
    void aDatabaseWithMigrationsInFlightIsRefused(Database database) throws IOException {
        write("0001_users", "create_table: {name: users, columns: [{name: id, type: bigint, pk: true}]}");
        tandem(database, location()).start(new Actor("test", "test"));
        write("0002_name", "add_column: {table: users, column: {name: name, type: text, nullable: true}}");
        tandem(database, location()).start(new Actor("test", "test"));

        assertThatThrownBy(() -> PgTandemAssertions.assertRollsBackCleanly(database.dataSource(), location()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        The database has migrations that are not completed: [0002_name].
                        Complete them or roll them back before it is given to an assertion.""");
    }

    @Test
    void theOnlyMigrationOfAnEmptyDatabaseIsInstalled(Database database) throws IOException {
        write("0001_users", "create_table: {name: users, columns: [{name: id, type: bigint, pk: true}]}");

        PgTandemAssertions.assertRollsBackCleanly(database.dataSource(), location());

        assertThat(acts(database)).containsExactly("EXPAND 0001_users", "COMPLETE 0001_users");
    }

    private void write(String name, String operation) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), "operations:\n  - " + operation + "\n");
    }

    private String location() {
        return "file:" + folder;
    }

    private static PgTandem tandem(Database database, String location) {
        Release release = PgTandemAssertions.assertMigrationsValid(location);
        return new PgTandem(database.dataSource(), release, PUBLIC, new PgTandemListener() {});
    }

    /** The acts on migrations; giving a version its schema is one on none. */
    private static List<String> acts(Database database) {
        return database.jdbc()
                .queryForList(
                        "SELECT upper(act) || ' ' || array_to_string(migrations, ',') FROM pgtandem.act"
                                + " WHERE cardinality(migrations) > 0 ORDER BY id",
                        String.class);
    }
}
