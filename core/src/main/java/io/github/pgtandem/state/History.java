package io.github.pgtandem.state;

import io.github.pgtandem.MigrationState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The migrations that a database knows.
 *
 * @param entries all, in their order
 */
public record History(List<Entry> entries) {

    private static final Set<MigrationState> GONE = Set.of(MigrationState.ROLLED_BACK, MigrationState.FAILED);

    /**
     * One migration.
     *
     * @param fileChecksum that of its file as it was when it was expanded, or null where there was none
     * @param content its canonical JSON
     * @param retiredBy the completed version that retired it, or null
     * @param fenced whether new instances of it are refused, as it is being closed
     */
    public record Entry(
            String name,
            int ordinal,
            String checksum,
            @Nullable String fileChecksum,
            String content,
            MigrationState state,
            @Nullable Instant expandedAt,
            @Nullable Instant completedAt,
            @Nullable Instant rolledBackAt,
            @Nullable Instant retiredAt,
            @Nullable String retiredBy,
            boolean fenced,
            @Nullable String error) {

        /** The last part of its version schema's name. */
        public String versionSchema() {
            return Objects.requireNonNullElse(Contents.versionSchema(content), name);
        }
    }

    public History {
        entries = List.copyOf(entries);
    }

    /** Those that are in the schema, or on their way into or out of it. */
    public List<Entry> applied() {
        return entries.stream().filter(e -> !GONE.contains(e.state())).toList();
    }

    public Optional<Entry> find(String name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** The newest completed migration, whose version is the base version. */
    public Optional<Entry> base() {
        return applied().stream()
                .filter(e -> e.state() == MigrationState.COMPLETED)
                .reduce((first, second) -> second);
    }
}
