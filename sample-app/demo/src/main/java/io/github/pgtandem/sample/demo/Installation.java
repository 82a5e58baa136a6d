package io.github.pgtandem.sample.demo;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the build has put what the demo starts. */
final class Installation {

    private Installation() {}

    /** The demo's own classes. */
    static Path classes() {
        try {
            return Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The demo's build directory, where the logs go, too. */
    static Path target() {
        return classes().getParent();
    }

    /** The jar of a release that {@code java -jar} would start. */
    static Path jar(int release) {
        return target().resolve("../../release-" + release + "/target/shop-release-" + release + "-exec.jar")
                .normalize();
    }
}
