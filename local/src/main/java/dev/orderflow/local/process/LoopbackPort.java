package dev.orderflow.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on 127.0.0.1, the only address that the parts of a local stack listen on. */
public final class LoopbackPort {

    /** The address every part binds to. A literal, so that no resolver decides between IPv4 and IPv6. */
    public static final String HOST = "127.0.0.1";

    private static final int LOWEST = 20_000;

    /** Linux gives ports from 32768 on by itself, others from 49152 on. */
    private static final int HIGHEST = 32_767;

    private static final int COUNT = HIGHEST - LOWEST + 1;

    /** What this process was given: what is not bound yet looks free to the next who asks. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private LoopbackPort() {}

    /**
     * A port nobody listens on now, and another one at each call. It lies below the ports that operating systems give to
     * outgoing connections and to listeners without a wish, so that none of those takes it before it is bound; another
     * process that looks for a port of its own still may, and the caller then fails to start with an address-in-use error.
     *
     * <p>Thread-safe.
     *
     * @throws IllegalStateException when no port between {@value #LOWEST} and {@value #HIGHEST} is left
     */
    public static int free() {
        int start = ThreadLocalRandom.current().nextInt(COUNT);
        for (int i = 0; i < COUNT; i++) {
            int port = LOWEST + (start + i) % COUNT;
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port on " + HOST + " between " + LOWEST + " and " + HIGHEST);
    }

    /** The given port, or a free one where it is 0. */
    public static int orFree(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        return port == 0 ? free() : port;
    }

    /**
     * Says early, and with the name of the part, that a port is taken.
     *
     * @throws PortTakenException when somebody listens on it
     */
    public static void requireFree(String part, int port) {
        requireFree(part, port, "another port");
    }

    /**
     * Says early, and with the name of the part, that a port is taken.
     *
     * @param remedy how to choose another one, such as {@code another one with --port N}
     * @throws PortTakenException when somebody listens on it
     */
    public static void requireFree(String part, int port, String remedy) {
        try {
            bind(port);
        } catch (IOException e) {
            throw new PortTakenException(part, port, remedy, e);
        }
    }

    private static boolean isFree(int port) {
        try {
            bind(port);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port), 1);
        }
    }
}
