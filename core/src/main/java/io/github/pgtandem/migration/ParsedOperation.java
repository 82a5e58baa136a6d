package io.github.pgtandem.migration;

/**
 * One entry of a migration.
 *
 * @param name as written, for example {@code add_column}; not checked here
 * @param location of the name
 */
public record ParsedOperation(String name, Fields fields, Location location) {}
