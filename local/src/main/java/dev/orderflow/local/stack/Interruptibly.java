package dev.orderflow.local.stack;

import dev.orderflow.local.client.CommandException;

/** Calls what may be interrupted where nobody interrupts. */
final class Interruptibly {

    private Interruptibly() {}

    /** A call that may wait. */
    @FunctionalInterface
    interface Waiting<T> {
        T call() throws InterruptedException;
    }

    static <T> T call(Waiting<T> call) {
        try {
            return call.call();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted while starting");
        }
    }
}
