package dev.orderflow.local.process;

import dev.orderflow.durable.TerminalException;
import java.nio.file.Path;

/** A process that this one started did not become ready. */
public final class ChildStartException extends TerminalException {

    private static final long serialVersionUID = 1L;

    private final long pid;

    ChildStartException(String name, long pid, String how, String lastWords, Path log) {
        super("The " + name + " (process " + pid + ") " + how + "; its log is " + log + ". Its last words:"
                + System.lineSeparator() + lastWords);
        this.pid = pid;
    }

    /** The id that the process had. */
    public long pid() {
        return pid;
    }
}
