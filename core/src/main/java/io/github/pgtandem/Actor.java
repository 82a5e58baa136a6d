package io.github.pgtandem;

/**
 * Who asked for an act, for the record.
 *
 * @param name a user, or the application's name for an act at boot
 * @param source where from, for example {@code startup}, {@code actuator} or {@code api}
 */
public record Actor(String name, String source) {}
