package io.github.pgtandem.boot.pin;

import java.sql.SQLException;
import java.util.Locale;

/**
 * Why a pinned DataSource is not on the version of this build, and what to do.
 *
 * @param byRole whether its role has the search path
 */
record PinDiagnosis(PinnedEntry entry, PinProbe probe, boolean byRole) {

    private static final String ROLE_PER_VERSION =
            "set pgtandem.pin=role, have each version log in as a role of its own (spring.datasource.username), and give"
                    + " migrations a direct connection (pgtandem.url, pgtandem.user, pgtandem.password)";

    /** PostgreSQL's and PgBouncer's code for a connection attempt that breaks the protocol's rules. */
    private static final String PROTOCOL_VIOLATION = "08P01";

    String problem() {
        return "DataSource '%s' must be on schema \"%s\", but its connections are on %s: %s."
                .formatted(
                        entry.name(),
                        entry.pin().schema(),
                        probe.currentSchema() == null ? "no schema" : "schema \"" + probe.currentSchema() + "\"",
                        cause());
    }

    String remedy() {
        if (!hasPath() && byRole) {
            return "Take out what sets search_path on new connections (the pool's initialization SQL, a wrapper). A pooler"
                    + " such as PgBouncer may still have sessions of the role from before: have it make new ones"
                    + " (RECONNECT).";
        }
        if (!hasPath()) {
            return entry.readOnly()
                    ? "Name the DataSource bean that the proxy uses for read-only connections in"
                            + " pgtandem.data-sources, too."
                    : "Take out what sets search_path on new connections (the pool's initialization SQL, a wrapper). If"
                            + " there is a pooler such as PgBouncer between, which drops the startup parameter"
                            + " search_path, " + ROLE_PER_VERSION + ".";
        }
        if (!probe.exists()) {
            return probe.replica()
                    ? "Look for what holds up the replication, or raise pgtandem.wait-for-replicas."
                    : "Let pgtandem.url and the application's DataSource lead to the same database.";
        }
        return "GRANT USAGE ON SCHEMA \"%s\" TO the application's role, as on schema \"%s\"."
                .formatted(entry.pin().schema(), entry.pin().baseSchema());
    }

    private String cause() {
        if (!hasPath()) {
            return "their search_path is %s".formatted(probe.searchPath().isEmpty() ? "empty" : probe.searchPath());
        }
        if (!probe.exists()) {
            return probe.replica() ? "the replica does not have that schema yet" : "that schema is not there";
        }
        return "their role may not use that schema";
    }

    private boolean hasPath() {
        return SearchPath.parse(probe.searchPath()).equals(SearchPath.parse(entry.searchPath()));
    }

    static PinNotEffectiveException pooled(PinnedEntry entry) {
        return new PinNotEffectiveException(
                "DataSource '%s' goes through a pooler in transaction mode, which executes for one version what another one has prepared."
                        .formatted(entry.name()),
                "Connect to PostgreSQL itself, or " + ROLE_PER_VERSION + ".",
                null);
    }

    static PinNotEffectiveException notConnected(PinnedEntry entry, SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && PROTOCOL_VIOLATION.equals(sql.getSQLState())
                    && String.valueOf(sql.getMessage()).toLowerCase(Locale.ROOT).contains("startup parameter")) {
                return new PinNotEffectiveException(
                        "DataSource '%s' cannot connect: %s".formatted(entry.name(), sql.getMessage()),
                        sql.getMessage().contains("search_path")
                                ? "A pooler between does not pass the startup parameter search_path. Connect to PostgreSQL"
                                        + " itself, or " + ROLE_PER_VERSION + "."
                                : "A pooler between does not know that startup parameter. Have it ignore it (PgBouncer:"
                                        + " ignore_startup_parameters).",
                        failure);
            }
            message = String.valueOf(cause.getMessage());
        }
        return new PinNotEffectiveException(
                "DataSource '%s' gives no connection: %s".formatted(entry.name(), message),
                "Check its address and credentials, and whether the database is up.",
                failure);
    }
}
