package dev.orderflow.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on 127.0.0.1, the only address that the parts of a local stack listen on. */
public final class LoopbackPort {

    /** The address every part binds to. A literal, so that no resolver decides between IPv4 and IPv6. */
    public static final String HOST = "127.0.0.1";

    private LoopbackPort() {}

    /**
     * A port nobody listens on now. Another process may take it before it is bound; the caller then fails to start
     * with an address-in-use error and may ask again.
     */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on " + HOST, e);
        }
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
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port), 1);
        } catch (IOException e) {
            throw new PortTakenException(part, port, e);
        }
    }
}
