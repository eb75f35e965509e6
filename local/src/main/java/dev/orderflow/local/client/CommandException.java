package dev.orderflow.local.client;

/** Ends a command with a message for whoever typed it, and without a stack trace. */
public final class CommandException extends RuntimeException {

    /** @param message what happened and what to do */
    public CommandException(String message) {
        super(message);
    }
}
