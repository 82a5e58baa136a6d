package io.github.pgtandem.sample.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Where the two releases serve. */
record Ports(int release1, int release2) {

    private static final int DEFAULT_1 = 8081;
    private static final int DEFAULT_2 = 8080;
    private static final int MAXIMUM = 65_535;

    static Ports from(Map<String, String> environment) {
        Ports ports =
                new Ports(port(environment, "DEMO_PORT_1", DEFAULT_1), port(environment, "DEMO_PORT_2", DEFAULT_2));
        if (ports.release1 == ports.release2) {
            throw new DemoFailed("DEMO_PORT_1 and DEMO_PORT_2 are both " + ports.release1
                    + ". Each release needs a port of its own.");
        }
        requireFree(ports.release1, "DEMO_PORT_1");
        requireFree(ports.release2, "DEMO_PORT_2");
        return ports;
    }

    private static int port(Map<String, String> environment, String name, int byDefault) {
        String given = environment.getOrDefault(name, "");
        if (given.isBlank()) {
            return byDefault;
        }
        try {
            int port = Integer.parseInt(given.strip());
            if (port > 0 && port <= MAXIMUM) {
                return port;
            }
        } catch (NumberFormatException e) {
            // The message below says what is wrong.
        }
        throw new DemoFailed(
                name + " is \"" + given + "\", which is no port. Give a number from 1 to " + MAXIMUM + ".");
    }

    private static void requireFree(int port, String variable) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new DemoFailed(
                    "Port " + port + " is taken by another program. Stop that one, or choose another port:\n" + "  "
                            + variable + "=" + (port + 1_000) + " ./demo");
        }
    }
}
