package io.github.pgtandem.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the persisted content of a migration for display. */
public final class Contents {

    private Contents() {}

    /** The file as read. */
    private record Content(
            List<Map<String, Object>> operations,
            @JsonProperty("version_schema") @Nullable String versionSchema) {}

    /** Each operation as a map with the operation's name as its one key. */
    public static List<Map<String, Object>> operations(String json) {
        return Json.read(json, Content.class).operations();
    }

    /** That of a version that no file has made. */
    public static String withoutOperations(String versionSchema) {
        return Json.write(new Content(List.of(), versionSchema));
    }

    /** What the file says of the version schema's name, or null. */
    static @Nullable String versionSchema(String json) {
        return Json.read(json, Content.class).versionSchema();
    }
}
