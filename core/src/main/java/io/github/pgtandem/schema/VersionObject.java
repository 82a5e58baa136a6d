package io.github.pgtandem.schema;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Set;

/**
 * A view or function that belongs to a version: it lives in the version schema, so that each version has its own. The
 * author's text is kept beside what PostgreSQL made of it, as the versions that inherit it may see other tables.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "object")
public sealed interface VersionObject permits VersionedView, VersionedFunction {

    String name();

    /** The migration that made it, or empty where that is not known yet. */
    String migration();

    /** What it is called in messages, which is unique in a version: {@code view cheap}. */
    String label();

    /** Labels of the others that must be there before it. */
    Set<String> uses();

    /** Stored names of the tables it is known to read. */
    Set<String> tables();

    /** The same after a complete has given a table its final names. */
    VersionObject renamed(String table, String to, Map<String, String> columns);

    /** The same, made by a migration. */
    VersionObject madeBy(String migration);
}
