package io.github.pgtandem.random;

import io.github.pgtandem.random.Shape.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a value of one version becomes another one's.
 *
 * @param up whether it is what newer versions see of what older ones write
 */
record Link(boolean up, Slot target, List<Slot> reads, Formula formula) {

    void run(Map<Slot, @Nullable Long> row) {
        List<@Nullable Long> values = new ArrayList<>();
        reads.forEach(s -> values.add(row.get(s)));
        row.put(target, formula.java().apply(values));
    }

    /** On an update it is for those rows only of which it reads something new. */
    void run(Map<Slot, @Nullable Long> row, @Nullable Map<Slot, @Nullable Long> before) {
        if (before == null || reads.stream().anyMatch(s -> !Objects.equals(row.get(s), before.get(s)))) {
            run(row);
        }
    }
}
