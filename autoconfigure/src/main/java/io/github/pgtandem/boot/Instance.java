package io.github.pgtandem.boot;

import io.github.pgtandem.Actor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * What this instance calls itself.
 *
 * @param application its name
 * @param host where it runs
 */
record Instance(String application, String host) {

    static Instance of(String application) {
        return new Instance(application, Optional.ofNullable(localHost()).orElse("unknown"));
    }

    /** Who is asking for an act at the start. */
    Actor atStartup() {
        return new Actor(application, "startup");
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // In a container whose name no resolver knows; the shell's name for it is right then.
            return System.getenv("HOSTNAME");
        }
    }
}
