package io.github.pgtandem.schema;

import java.util.List;

/**
 * Whether a table's rows lie in other tables.
 *
 * @param kind of table
 * @param key stored names of the columns that say in which partition a row lies, those of sub-partitions too
 * @param unkeyable whether the key has expressions, over which PostgreSQL takes no unique constraint
 */
public record Partitioning(Kind kind, List<String> key, boolean unkeyable) {

    /** Of a table whose rows lie in itself. */
    public static final Partitioning NONE = new Partitioning(Kind.NONE, List.of(), false);

    /** Kinds of tables. */
    public enum Kind {
        NONE,
        PARTITIONED,
        /** Partitioned, with partitions on other servers. */
        WITH_FOREIGN_TABLES,
        /** Of an inheritance without partitions, as parent or child. */
        INHERITING
    }

    public Partitioning {
        key = List.copyOf(key);
    }

    public boolean isPartitioned() {
        return kind == Kind.PARTITIONED || kind == Kind.WITH_FOREIGN_TABLES;
    }
}
