package io.github.pgtandem.boot.pin;

import io.github.pgtandem.Actor;
import io.github.pgtandem.PgTandem;
import io.github.pgtandem.boot.ConfigurationRefusedException;
import java.util.function.Supplier;

/** Gives the login roles of the application's DataSources the search path of this build's version. */
public final class RolePinner {

    private final Supplier<PgTandem> pgTandem;
    private final UnpinnedDataSources unpinned;
    private final Actor actor;

    /**
     * @param pgTandem asked when the first role is pinned
     * @param actor who is told to have done it
     */
    public RolePinner(Supplier<PgTandem> pgTandem, UnpinnedDataSources unpinned, Actor actor) {
        this.pgTandem = pgTandem;
        this.unpinned = unpinned;
        this.actor = actor;
    }

    /** Before the first connection of that DataSource, as a session keeps the path that it begins with. */
    void pin(PinnedEntry entry) {
        if (!entry.readOnly()) {
            pgTandem.get()
                    .pinRole(user(entry), SearchPath.parse(entry.searchPath()).schemas(), actor);
        }
    }

    private String user(PinnedEntry entry) {
        String user = unpinned.user(entry.origin());
        if (user == null) {
            throw new ConfigurationRefusedException(
                    "pgtandem.pin=role, but the DataSource '%s' does not tell which role it logs in as."
                            .formatted(entry.name()),
                    "Set its user name (spring.datasource.username).");
        }
        return user;
    }
}
