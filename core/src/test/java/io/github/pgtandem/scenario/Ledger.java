package io.github.pgtandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the writers of all versions have committed, and so what every version must read. */
final class Ledger {

    final int rows;
    /** How often each row was counted up, by whomever. */
    final AtomicLongArray counts;
    /** The price in cents that the row's one owner has written last. */
    final AtomicLongArray prices;

    final AtomicLong writes = new AtomicLong();
    final AtomicLong slowestNanos = new AtomicLong();

    Ledger(int rows) {
        this.rows = rows;
        this.counts = new AtomicLongArray(rows + 1);
        this.prices = new AtomicLongArray(rows + 1);
        for (int id = 1; id <= rows; id++) {
            prices.set(id, id * 10L);
        }
    }

    void took(long nanos) {
        slowestNanos.accumulateAndGet(nanos, Math::max);
    }

    long slowestMillis() {
        return slowestNanos.get() / 1_000_000;
    }

    /**
     * Checks every row.
     *
     * @param sql gives id, count and price in cents
     */
    void check(JdbcTemplate jdbc, String sql) {
        AtomicLong seen = new AtomicLong();
        AtomicLong lost = new AtomicLong();
        StringBuilder first = new StringBuilder();
        jdbc.query(sql, row -> {
            int id = (int) row.getLong(1);
            if (id > rows) {
                return;
            }
            seen.incrementAndGet();
            if (row.getLong(2) != counts.get(id) || row.getLong(3) != prices.get(id)) {
                lost.incrementAndGet();
                first.append(
                        first.length() > 500
                                ? ""
                                : "row %d has %d, %d and not %d, %d; "
                                        .formatted(id, row.getLong(2), row.getLong(3), counts.get(id), prices.get(id)));
            }
        });
        assertThat(lost).as("lost writes: %s", first).hasValue(0);
        assertThat(seen).as("rows").hasValue(rows);
    }
}
