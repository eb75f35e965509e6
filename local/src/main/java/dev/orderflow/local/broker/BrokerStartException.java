package dev.orderflow.local.broker;

import dev.orderflow.durable.TerminalException;
import java.nio.file.Path;

/** The embedded broker could not start. */
public final class BrokerStartException extends TerminalException {

    private static final long serialVersionUID = 1L;

    private final transient Path directory;

    BrokerStartException(Path directory, String bootstrap, Throwable cause) {
        super(
                "The broker at " + bootstrap + " cannot start in " + directory + ": " + cause.getMessage()
                        + ". Check that nothing else uses the directory and that the disk has room",
                cause);
        this.directory = directory;
    }

    /** The broker's directory. */
    public Path directory() {
        return directory;
    }
}
