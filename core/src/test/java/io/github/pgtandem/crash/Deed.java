package io.github.pgtandem.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.Actor;
import io.github.pgtandem.NothingToDoException;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.PgTandemListener;
import io.github.pgtandem.cases.Case;
import io.github.pgtandem.fixture.Database;
import javax.sql.DataSource;

/** An act of a case, from the condition that it begins in. */
enum Deed {
    EXPAND {
        @Override
        void on(PgTandem engine) {
            engine.start(TEST);
        }

        @Override
        void assertDone(Case each, Database database) {
            // Nobody wrote that down.
        }
    },
    /** The same for an application that does not wait for its rows. */
    OPEN_AND_EXPAND {
        @Override
        void on(PgTandem engine) {
            if (!engine.open(TEST).ready()) {
                engine.start(TEST);
            }
        }

        @Override
        void assertDone(Case each, Database database) {
            // Nobody wrote that down.
        }
    },
    COMPLETE {
        @Override
        void on(PgTandem engine) {
            engine.complete(null, false, TEST);
        }

        @Override
        void assertDone(Case each, Database database) {
            try (Database byHand = database.postgres().database()) {
                byHand.execute(each.text("before.sql"), each.text("after.sql"));
                assertThat(Condition.tables(database).difference(Condition.tables(byHand)))
                        .isEmpty();
            }
        }
    },
    ROLLBACK {
        @Override
        void on(PgTandem engine) {
            engine.rollback(null, false, TEST);
        }

        @Override
        void assertDone(Case each, Database database) {
            try (Database before = database.postgres().database()) {
                before.execute(each.text("before.sql"));
                assertThat(Condition.tables(database).difference(Condition.tables(before)))
                        .isEmpty();
            }
        }
    };

    static final Actor TEST = new Actor("test", "test");

    abstract void on(PgTandem engine);

    /** Checks an uninterrupted act against what others wrote down. */
    abstract void assertDone(Case each, Database database);

    /** The same after somebody may have brought it to its end. */
    void again(Case each, DataSource dataSource) {
        try {
            on(each, dataSource);
        } catch (NothingToDoException e) {
            // Whoever came before has taken it over.
        }
    }

    /** Carries it out as an instance with these connections. */
    void on(Case each, DataSource dataSource) {
        on(each.engine(dataSource, new PgTandemListener() {}));
    }
}
