package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.pgtandem.BaselineRequiredException;
import io.github.pgtandem.HistoryMismatchException;
import io.github.pgtandem.InvalidMigrationException;
import io.github.pgtandem.LockNotAcquiredException;
import io.github.pgtandem.MigrationProblem;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemException;
import io.github.pgtandem.Settings;
import io.github.pgtandem.Validation;
import io.github.pgtandem.fixture.Catalogue;
import io.github.pgtandem.fixture.Database;
import io.github.pgtandem.fixture.DatabaseExtension;
import io.github.pgtandem.fixture.PostgresVersions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** P10, asked by itself: the pending migrations are judged as an expand would judge them, and nothing changes. */
@ExtendWith(DatabaseExtension.class)
class ValidateTest {

    private static final String ITEMS = "CREATE TABLE items (id int PRIMARY KEY, name text NOT NULL, price text)";
    private static final String WEIGHT =
            "[{add_column: {table: items, column: {name: weight, type: numeric, nullable: true}}}]";
    private static final String TAGS = "[{sql: {up: 'CREATE TABLE tags (id int PRIMARY KEY)', down: DROP TABLE tags}}]";

    @PostgresVersions
    void allProblemsAreToldAsTheExpandTellsThemAndNothingIsChanged(Database database) {
        PgTandem build = Fleet.on(database, ITEMS)
                .with("0001_price", """
                         - alter_column: {table: items, column: price, type: int, up: "price:int", down: price}
                         - add_column: {table: items, column: {name: size, type: text, nullable: true}, up: length(nam)}
                        """)
                .with("0002_rename", "[{rename_table: {from: item, to: goods}}]")
                .build("0002_rename");
        Catalogue before = catalogue(database);
        List<String> state = state(database);

        Validation validation = build.validate();

        assertThat(catalogue(database).difference(before)).isEmpty();
        assertThat(state(database)).isNotEmpty().isEqualTo(state);
        assertThat(validation.isValid()).isFalse();
        assertThat(validation.migrations()).containsExactly("0001_price", "0002_rename");
        assertThat(validation.problems())
                .extracting(MigrationProblem::location)
                .containsExactly(
                        "db/pgtandem/0001_price.yaml:2:63",
                        "db/pgtandem/0001_price.yaml:3:85",
                        "db/pgtandem/0002_rename.yaml:1:36");
        InvalidMigrationException thrown = catchThrowableOfType(InvalidMigrationException.class, validation::orThrow);
        InvalidMigrationException refusal =
                catchThrowableOfType(InvalidMigrationException.class, () -> build.start(Fleet.TEST));
        assertThat(refusal).hasMessage(thrown.getMessage()).hasMessageStartingWith("3 problems in the migrations:\n");
        assertThat(refusal.problems()).isEqualTo(validation.problems());
    }

    @Test
    void aReleaseWithoutProblemsIsValidAndCanBeExpandedAfterwards(Database database) {
        Fleet fleet = Fleet.on(database, ITEMS).with("0001_weight", WEIGHT);

        Validation pending = fleet.build("0001_weight").validate();
        fleet.live("0001_weight");
        Validation expanded = fleet.build("0001_weight").validate();

        assertThat(pending.isValid()).isTrue();
        assertThat(pending.migrations()).containsExactly("0001_weight");
        assertThat(expanded.isValid()).isTrue();
        assertThat(expanded.migrations()).isEmpty();
        pending.orThrow();
    }

    @Test
    void behindSqlOnlySqlIsJudged(Database database) {
        Validation validation = Fleet.on(database, ITEMS)
                .with("0001_tags", TAGS)
                .with("0002_label", "[{add_column: {table: tags, column: {name: a, type: text, nullable: true}}}]")
                .with("0003_fill", "[{sql: {up: UPDATE tags SET}}, {sql: {up: 'SELECT 1', onComplete: true}}]")
                .build("0003_fill")
                .validate();

        assertThat(validation.migrations()).containsExactly("0001_tags", "0002_label", "0003_fill");
        assertThat(validation.unjudged()).containsExactly("0002_label", "0003_fill");
        assertThat(validation.problems())
                .extracting(MigrationProblem::problem)
                .containsExactly("sql: up: syntax error at end of input, in its line 1, column 16.");
    }

    @Test
    void aDatabaseThatNoInstanceHasMetStaysAsItIs(Database database) {
        PgTandem build = Fleet.unstarted(database)
                .with("0001_items", "[{create_table: {name: items, columns: [{name: id, type: int, pk: true}]}}]")
                .with("0002_bad", "[{drop_column: {table: items, column: absent}}]")
                .build("0002_bad", Settings.forSchema("public"));
        Catalogue before = catalogue(database);

        Validation validation = build.validate();

        assertThat(validation.problems())
                .extracting(MigrationProblem::location)
                .containsExactly("db/pgtandem/0002_bad.yaml:1:51");
        assertThat(catalogue(database).difference(before)).isEmpty();
        assertThat(database.jdbc().queryForObject("SELECT to_regnamespace('pgtandem')::text", String.class))
                .isNull();
    }

    @Test
    void whatKeepsTheReleaseFromBeingJudgedIsThrown(Database database) {
        database.execute(ITEMS);
        Settings withoutBaseline = Settings.forSchema("public");
        Fleet fleet = Fleet.unstarted(database).with("0001_weight", WEIGHT);

        assertThatThrownBy(() -> fleet.build("0001_weight", withoutBaseline).validate())
                .isInstanceOf(BaselineRequiredException.class);

        fleet.live("0001_weight");
        Fleet edited = Fleet.unstarted(database).with("0001_weight", WEIGHT.replace("numeric", "int"));
        assertThatThrownBy(() -> edited.build("0001_weight").validate()).isInstanceOf(HistoryMismatchException.class);
    }

    @Test
    void itWaitsForNoMigratorButRefusesToGuessWhatAnActWillLeave(Database database) throws Exception {
        Fleet fleet = Fleet.on(database, ITEMS)
                .with("0001_weight", WEIGHT)
                .with("0002_rename", "[{rename_column: {table: items, from: weight, to: grams}}]");
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Void> expand;
        try (Connection writer = database.dataSource().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO items VALUES (1, 'chair', '7')");
            expand = CompletableFuture.runAsync(
                    () -> fleet.build("0001_weight", waiting::countDown).start(Fleet.TEST));
            assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();

            // Its own migrations are being expanded, so they were judged.
            assertThat(fleet.build("0001_weight").validate().isValid()).isTrue();
            assertThatThrownBy(() -> fleet.build("0002_rename").validate())
                    .isExactlyInstanceOf(PgTandemException.class)
                    .hasMessage("""
                            the pending migrations cannot be validated: the expand of [0001_weight] by test is under way, or was cut short.
                            Validate again when it is done. One that was cut short is finished or undone by the next instance that starts, or by the next act.""");
            writer.commit();
        }
        expand.get(60, TimeUnit.SECONDS);
        assertThat(fleet.build("0002_rename").validate().isValid()).isTrue();
    }

    @Test
    void itWorksBesideAMigratorThatHoldsTheLock(Database database) throws Exception {
        Fleet fleet = Fleet.on(database, ITEMS).with("0001_weight", WEIGHT);
        try (Connection migrator = database.dataSource().getConnection();
                Statement statement = migrator.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtextextended('pgtandem public', 0))");

            assertThat(fleet.build("0001_weight").validate().migrations()).containsExactly("0001_weight");
        }
    }

    @Test
    void aTableThatSomebodyHasLockedIsNoProblemOfTheMigration(Database database) throws Exception {
        Fleet fleet = Fleet.on(database, ITEMS).with("0001_weight", WEIGHT);
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE items");

            assertThatThrownBy(() -> fleet.build("0001_weight", impatient()).validate())
                    .isInstanceOf(LockNotAcquiredException.class)
                    .hasMessageStartingWith("validate: no lock in ");
        }
        assertThat(fleet.build("0001_weight", impatient()).validate().isValid()).isTrue();
    }

    private static Settings impatient() {
        return Fleet.waiting(Duration.ofMillis(50), Duration.ofMillis(100));
    }

    /** The base schema, and which schemas there are. */
    private static Catalogue catalogue(Database database) {
        return Catalogue.of(database, "public").withOrder().withSequenceValues();
    }

    private static List<String> state(Database database) {
        return database.jdbc().queryForList("""
                SELECT to_jsonb(m)::text FROM pgtandem.migration m
                UNION ALL SELECT to_jsonb(a)::text FROM pgtandem.act a
                UNION ALL SELECT to_jsonb(x)::text FROM pgtandem.model x
                """, String.class);
    }
}
