package io.github.pgtandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator may change while a backfill runs, and when one may run. */
class BackfillSettingsTest {

    @Test
    void everyKnobIsTaken() {
        BackfillSettings set = BackfillSettings.DEFAULTS.with(Map.ofEntries(
                Map.entry("window", "1"),
                Map.entry("stripes", "2"),
                Map.entry("batchTime", "3ms"),
                Map.entry("rest", "0.4"),
                Map.entry("replicationLag", "5s"),
                Map.entry("slotBacklog", "6GB"),
                Map.entry("archiveBacklog", "7"),
                Map.entry("lockWaiters", "8"),
                Map.entry("transactionAge", "9m"),
                Map.entry("autovacuum", "true")));

        assertThat(set)
                .isEqualTo(new BackfillSettings(
                        1,
                        2,
                        Duration.ofMillis(3),
                        0.4,
                        new BackfillLimits(
                                Duration.ofSeconds(5),
                                6L << 30,
                                7,
                                8,
                                Duration.ofMinutes(9),
                                true,
                                null,
                                null,
                                false)));
    }

    @Test
    void zeroTurnsALimitOff() {
        assertThat(BackfillSettings.DEFAULTS
                        .with(Map.of(
                                "replicationLag", "0", "slotBacklog", "0", "archiveBacklog", "0", "lockWaiters", "0"))
                        .limits())
                .isEqualTo(BackfillLimits.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            windows        | 5    | "windows" is not a knob. Knobs: archiveBacklog, autovacuum, batchTime, lockWaiters, replicationLag, rest, slotBacklog, stripes, transactionAge, window.
            slotBacklog    | 16777216TB | slotBacklog must be a size such as 500MB or 4GB, not "16777216TB".
            window         | 0    | window must be a number from 1 to 1000000, not "0".
            stripes        | 65   | stripes must be a number from 1 to 64, not "65".
            stripes        | many | stripes must be a number from 1 to 64, not "many".
            batchTime      | 5    | batchTime must be a time such as 1500ms, 10s or 1h, not "5".
            batchTime      | 2h   | batchTime must be from 1ms to 1m, not "PT2H".
            rest           | -1   | rest must be a number from 0 to 100, not "-1".
            rest           | NaN  | rest must be a number from 0 to 100, not "NaN".
            slotBacklog    | 5    | slotBacklog must be a size such as 500MB or 4GB, not "5".
            lockWaiters    | -1   | lockWaiters must be a number from 0 to 2147483647, not "-1".
            autovacuum     | yes  | autovacuum must be true or false, not "yes".
            """)
    void aWrongValueIsNamed(String knob, String value, String message) {
        assertThatThrownBy(() -> BackfillSettings.DEFAULTS.with(Map.of(knob, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00-06:00 UTC, 2026-01-01T21:59:59Z, false",
        "22:00-06:00 UTC, 2026-01-01T22:00:00Z, true",
        "22:00-06:00 UTC, 2026-01-02T05:59:59Z, true",
        "22:00-06:00 UTC, 2026-01-02T06:00:00Z, false",
        "09:00-17:00 UTC, 2026-01-02T09:00:00Z, true",
        "09:00-17:00 UTC, 2026-01-02T17:00:00Z, false",
        "09:00-17:00 Europe/Berlin, 2026-07-02T07:00:00Z, true",
        "09:00-17:00 Europe/Berlin, 2026-07-02T15:00:00Z, false",
    })
    void hoursMayGoOverMidnight(String hours, Instant moment, boolean isIn) {
        assertThat(Hours.parse(hours).contains(moment)).isEqualTo(isIn);
    }

    @ParameterizedTest
    @CsvSource({"22:00", "22-06", "25:00-06:00", "22:00-06:00 Nowhere/Land"})
    void otherTextsAreNoHours(String text) {
        assertThatThrownBy(() -> Hours.parse(text))
                .hasMessage(
                        "hours must be like \"22:00-06:00\" or \"22:00-06:00 Europe/Berlin\", not \"" + text + "\".");
    }
}
