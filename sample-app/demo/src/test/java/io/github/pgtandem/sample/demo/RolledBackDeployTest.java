package io.github.pgtandem.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.pgtandem.sample.demo.Http.Answer;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Release 2 joins release 1 and is taken back. */
class RolledBackDeployTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SOME = 150;

    @Test
    void P4_rollback_leaves_nothing_and_release_1_never_notices() throws SQLException {
        try (Deploy deploy = new Deploy()) {
            Release old = deploy.release(1);
            Board board = new Board(Seed.through(old.shop(), deploy.database()));
            Catalogue before = Catalogue.of(deploy.database().url());
            Traffic oldTraffic = Traffic.start(old, board);

            Release fresh = deploy.release(2);
            Traffic freshTraffic = Traffic.start(fresh, board);
            freshTraffic.awaitRequests(SOME, PATIENCE);
            assertThat(old.act("rollback", false)).extracting(Answer::status).isEqualTo(409);
            freshTraffic.stop();
            freshTraffic.requireUnharmed();
            fresh.close();
            assertThat(old.act("rollback", false)).extracting(Answer::status).isEqualTo(200);

            oldTraffic.awaitRequests(oldTraffic.requests() + SOME, PATIENCE);
            oldTraffic.stop();
            oldTraffic.requireUnharmed();
            assertThat(Catalogue.of(deploy.database().url()).lines()).containsExactlyElementsOf(before.lines());
            assertThat(old.shop().product(board.shared().id()).stock())
                    .isEqualTo(board.shared().stock() - (int) board.taken());
        }
    }
}
