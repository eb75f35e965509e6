package dev.orderflow.local.process;

import java.util.concurrent.CompletableFuture;

/** A process that this one has started. Thread-safe. */
public interface Child extends AutoCloseable {

    /** Its id in the operating system. */
    long pid();

    /** Whether it runs. */
    boolean isAlive();

    /** Completes with the exit status when it has ended, whoever ended it. */
    CompletableFuture<Integer> onExit();

    /** Asks it to stop, and returns at once. */
    void requestStop();

    /** Ends it as kill -9 does. */
    void kill();

    /** Stops it: asks it, and ends it by force when it still runs after 3 s. */
    @Override
    void close();
}
