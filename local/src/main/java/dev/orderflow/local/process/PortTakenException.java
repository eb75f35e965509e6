package dev.orderflow.local.process;

import dev.orderflow.durable.TerminalException;

/** A part of the stack cannot start because another process listens on its port. */
public final class PortTakenException extends TerminalException {

    private static final long serialVersionUID = 1L;

    private final String part;
    private final int port;

    PortTakenException(String part, int port, String remedy, Throwable cause) {
        super(
                "Port " + port + " for the " + part + " is taken by another process: stop that one, or choose "
                        + remedy,
                cause);
        this.part = part;
        this.port = port;
    }

    /** The part that wanted the port, as people know it ("broker"). */
    public String part() {
        return part;
    }

    /** The port. */
    public int port() {
        return port;
    }
}
