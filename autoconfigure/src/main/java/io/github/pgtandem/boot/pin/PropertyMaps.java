package io.github.pgtandem.boot.pin;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Properties as a map of strings. Pools put numbers and booleans into theirs, which their own getters would hide. */
final class PropertyMaps {

    private PropertyMaps() {}

    static Map<String, String> of(@Nullable Properties properties) {
        Map<String, String> copy = new TreeMap<>();
        if (properties != null) {
            properties.forEach((name, value) -> copy.put(String.valueOf(name), String.valueOf(value)));
        }
        return copy;
    }
}
