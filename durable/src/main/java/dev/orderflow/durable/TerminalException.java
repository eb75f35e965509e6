package dev.orderflow.durable;

import org.jspecify.annotations.Nullable;

/** A failure that trying again cannot change: a refusal, a bad setting, a broken contract. */
public class TerminalException extends RuntimeException {

    /** @param message what happened, to what, and what to do */
    public TerminalException(String message) {
        super(message);
    }

    /** @param message what happened, to what, and what to do */
    public TerminalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
