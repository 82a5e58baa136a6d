package io.github.pgtandem.sample.shop.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The answers to requests that cannot be served. */
public final class Answers {

    private Answers() {}

    /** 404. */
    public static ResponseStatusException notFound(String what, Object id) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what + " " + id);
    }

    /** 422. */
    public static ResponseStatusException refused(String reason) {
        return new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, reason);
    }

    /** 409 for a writer that has not seen the newest version of what it writes. */
    public static void requireVersion(int stored, @Nullable Integer sent) {
        if (!Objects.equals(stored, sent)) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT,
                    "It is at version " + stored + " and you sent version " + sent + ": read it again");
        }
    }
}
