package io.github.pgtandem.schema;

import org.jspecify.annotations.Nullable;

/**
 * What logical replication takes for the old row.
 *
 * @param kind how it is chosen
 * @param index the index's name in the version, for {@link Kind#INDEX}
 */
public record ReplicaIdentity(Kind kind, @Nullable String index) {

    /** The primary key. */
    public static final ReplicaIdentity DEFAULT = new ReplicaIdentity(Kind.DEFAULT, null);

    /** How it is chosen. */
    public enum Kind {
        DEFAULT,
        FULL,
        NOTHING,
        INDEX
    }
}
