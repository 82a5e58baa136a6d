package io.github.pgtandem.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.pgtandem.sample.demo.Http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;

/** Release 1 serves under traffic, release 2 joins it, and then complete retires release 1. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class RollingDeployTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SOME = 150;

    private static Deploy deploy;
    private static Release old;
    private static Release fresh;
    private static Board board;
    private static Traffic oldTraffic;
    private static Traffic freshTraffic;

    @BeforeAll
    static void bootBothReleases() {
        deploy = new Deploy();
        old = deploy.release(1);
        board = new Board(Seed.through(old.shop(), deploy.database()));
        oldTraffic = Traffic.start(old, board);
        fresh = deploy.release(2);
        freshTraffic = Traffic.start(fresh, board);
    }

    @AfterAll
    static void stopEverything() {
        deploy.close();
    }

    /** Every virtual user goes through identity, sequence, RETURNING, upsert and optimistic locking. */
    private static void someMore(Traffic traffic) {
        traffic.awaitRequests(traffic.requests() + SOME, PATIENCE);
    }

    @Nested
    @Order(1)
    class WhileExpanded {

        @Test
        void P1_both_releases_serve_every_kind_of_statement() {
            someMore(oldTraffic);
            someMore(freshTraffic);
        }

        @Test
        void P2_and_P3_each_release_reads_what_the_other_one_writes() {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            Screen screen = new Screen(new PrintStream(said, true, StandardCharsets.UTF_8));

            new Exchange(screen, old.shop(), fresh.shop()).show();

            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("release 1 wrote title \"A book\", price 12.50 → release 2 reads name \"A book\", "
                            + "priceCents 1250");
        }

        @Test
        void P9_an_unchanged_table_has_no_view_and_no_trigger() throws SQLException {
            Catalogue catalogue = Catalogue.of(deploy.database().url());

            assertThat(catalogue.about("warehouses", "view")).isEmpty();
            assertThat(catalogue.about("warehouses", "trigger")).isEmpty();
            assertThat(catalogue.about("customers", "view")).isNotEmpty();
            assertThat(catalogue.about("customers", "trigger")).hasSize(1);
        }

        @Test
        void P8_complete_names_the_instance_that_it_would_cut_off() {
            Answer answer = fresh.act("complete", false);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.message()).contains("shop").contains(old.version());
        }
    }

    @Nested
    @Order(2)
    class AfterComplete {

        @BeforeAll
        static void complete() {
            someMore(oldTraffic);
            oldTraffic.stop();
            oldTraffic.requireUnharmed();
            assertThat(fresh.act("complete", true)).extracting(Answer::status).isEqualTo(200);
        }

        @Test
        void P8_release_1_tells_its_clients_that_it_is_retired() {
            Answer read = old.http().get("/customers");
            Answer write = old.http().post("/customers", new OldShape().json(new Customer(0, "A", "B", "a@b.c", 0)));

            assertThat(read.status()).isEqualTo(503);
            assertThat(read.message()).contains(old.version()).contains("retired");
            assertThat(write.status()).isEqualTo(503);
            assertThat(write.message()).contains(old.version()).contains("retired");
        }

        @Test
        void P5_the_schema_is_the_one_that_somebody_would_have_written_by_hand() throws SQLException {
            assertThat(Catalogue.of(deploy.database().url()).lines()).containsExactlyElementsOf(byHand().lines());
        }

        @Test
        void release_2_serves_every_kind_of_statement_and_no_write_was_lost() {
            someMore(freshTraffic);
            freshTraffic.stop();
            assertThatCode(freshTraffic::requireUnharmed).doesNotThrowAnyException();

            int left = fresh.shop().product(board.shared().id()).stock();
            assertThat(board.shared().stock() - left).isEqualTo((int) board.taken());
            assertThat(board.compared()).isPositive();
        }

        private static Catalogue byHand() throws SQLException {
            try (Connection connection = deploy.database().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE by_hand");
            }
            String url = deploy.database().url().replace("/postgres?", "/by_hand?");
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute(BY_HAND);
            }
            return Catalogue.of(url);
        }
    }

    // Renaming a table renames nothing else, by hand or otherwise.
    private static final String BY_HAND = """
            CREATE TABLE customers (
                id         bigint  GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
                email      text    NOT NULL UNIQUE,
                first_name text    NOT NULL,
                last_name  text    NOT NULL,
                version    integer NOT NULL DEFAULT 0
            );
            COMMENT ON TABLE customers IS 'Who has ever ordered';
            COMMENT ON COLUMN customers.last_name IS 'Empty for those who use one name only';
            CREATE INDEX customers_last_name_idx ON customers (last_name, first_name);
            CREATE SEQUENCE products_seq INCREMENT BY 50;
            CREATE TABLE products (
                id          bigint      PRIMARY KEY,
                sku         varchar(40) NOT NULL UNIQUE,
                name        text        NOT NULL,
                price_cents integer     NOT NULL,
                stock       integer     NOT NULL DEFAULT 0 CONSTRAINT products_stock_not_negative CHECK (stock >= 0),
                version     integer     NOT NULL DEFAULT 0
            );
            CREATE TABLE purchases (
                id               bigint      GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME orders_id_seq)
                                             CONSTRAINT orders_pkey PRIMARY KEY,
                customer_id      bigint      NOT NULL CONSTRAINT orders_customer_id_fkey REFERENCES customers,
                product_id       bigint      NOT NULL CONSTRAINT orders_product_id_fkey REFERENCES products,
                quantity         integer     NOT NULL CONSTRAINT orders_quantity_positive CHECK (quantity > 0),
                unit_price_cents integer     NOT NULL,
                status           varchar(20) NOT NULL DEFAULT 'NEW',
                placed_at        timestamptz NOT NULL DEFAULT now(),
                version          integer     NOT NULL DEFAULT 0,
                total_cents      bigint      NOT NULL CONSTRAINT orders_total_not_negative CHECK (total_cents >= 0)
            );
            CREATE INDEX orders_customer_id_idx ON purchases (customer_id);
            CREATE TABLE warehouses (
                id      bigint      GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
                code    varchar(10) NOT NULL UNIQUE,
                city    text        NOT NULL,
                version integer     NOT NULL DEFAULT 0
            );
            """;
}
