package io.github.pgtandem.boot;

import io.github.pgtandem.ActReport;
import io.github.pgtandem.Actor;

/**
 * Published after an act was carried out by this instance; for an expand at its start, once the context is refreshed.
 *
 * @param report what was done
 * @param actor who asked for it
 */
public record PgTandemActEvent(ActReport report, Actor actor) {}
