package io.github.pgtandem.boot;

import io.github.pgtandem.Actor;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * What this instance calls itself.
 *
 * @param application its name
 * @param host where it runs
 */
record Instance(String application, String host) {

    static Instance of(String application) {
        return new Instance(application, localHost());
    }

    /** Who is asking for an act at the start. */
    Actor atStartup() {
        return new Actor(application, "startup");
    }

    private static String localHost() {
        // In a container the name of the pod, which a resolver may not know.
        String container = System.getenv("HOSTNAME");
        if (container != null && !container.isBlank()) {
            return container;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
