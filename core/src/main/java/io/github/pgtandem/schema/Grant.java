package io.github.pgtandem.schema;

/**
 * A privilege on a table or on one column.
 *
 * @param grantee the role, quoted, or {@code PUBLIC}
 * @param privilege {@code SELECT}, {@code INSERT}, {@code UPDATE} or {@code DELETE}, for a column also {@code REFERENCES}
 * @param column stored name, or empty for the whole table
 * @param grantable whether the grantee may grant it on
 */
public record Grant(String grantee, String privilege, String column, boolean grantable) {}
