package io.github.pgtandem.state;

import java.util.List;
import java.util.Map;

/** Reads the persisted content of a migration for display. */
public final class Contents {

    private Contents() {}

    /** The file as read; {@code operations} is what counts here. */
    private record Content(List<Map<String, Object>> operations) {}

    /** Each operation as a map with the operation's name as its one key. */
    public static List<Map<String, Object>> operations(String json) {
        return Json.read(json, Content.class).operations();
    }
}
