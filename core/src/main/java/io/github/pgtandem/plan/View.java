package io.github.pgtandem.plan;

import static io.github.pgtandem.schema.Identifiers.id;

import java.util.List;

/** A view of ours in a version schema. */
public sealed interface View permits Overlay, Tombstone {

    /** Its name, which is the table's name in the version. */
    String name();

    /** Stored name of the table it stands for. */
    String source();

    /** Statements that make it, with its grants. */
    List<String> create(String baseSchema, String versionSchema);

    /** Statement that removes it. */
    default String drop(String versionSchema) {
        return "DROP VIEW IF EXISTS " + id(versionSchema, name());
    }
}
