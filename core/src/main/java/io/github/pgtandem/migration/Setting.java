package io.github.pgtandem.migration;

import org.jspecify.annotations.Nullable;

/** A field for which absent and null differ: absent leaves something as it is, null removes it, a text sets it. */
public sealed interface Setting permits Setting.Absent, Setting.Given {

    /** Whether the file names the field, be it as null. */
    boolean isPresent();

    /** The text, or null both for null and for absent. */
    @Nullable
    String value();

    /** Not in the file. */
    record Absent() implements Setting {

        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public @Nullable String value() {
            return null;
        }
    }

    /** In the file, as null or a text. */
    record Given(@Nullable String value) implements Setting {

        @Override
        public boolean isPresent() {
            return true;
        }
    }
}
