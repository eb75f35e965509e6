package dev.orderflow.local.process;

import dev.orderflow.durable.TerminalException;
import java.nio.file.Path;

/** A data directory belongs to another process. */
public final class DataDirectoryInUseException extends TerminalException {

    private static final long serialVersionUID = 1L;

    private final String pid;
    private final String address;

    DataDirectoryInUseException(Path path, String pid, String since, String address) {
        super("The data in " + path + " is in use by process " + pid + " since " + since + ", at " + address
                + ": use that one, stop it (kill " + pid + "), or choose another directory with --data");
        this.pid = pid;
        this.address = address;
    }

    /** The id of the process that has the directory, or "unknown". */
    public String pid() {
        return pid;
    }

    /** Where that process is reached, or "unknown". */
    public String address() {
        return address;
    }
}
