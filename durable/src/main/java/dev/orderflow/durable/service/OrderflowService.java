package dev.orderflow.durable.service;

import java.util.List;

/** One service of the product, inside whatever process it runs in. Safe for use by several threads. */
public interface OrderflowService extends AutoCloseable {

    /** Its name, such as {@code inventory}. */
    String name();

    /** Objects that its controllers ask for: a controller is served only where the object that it needs is among them. */
    List<Object> beans();

    /** Begins to run; returns before it is ready. */
    void start();

    /** Whether it does its whole job now. */
    boolean isReady();

    /** Whether it can come to be ready without being started anew. */
    default boolean isAlive() {
        return true;
    }

    /** Where it is, in a few words for people. */
    String status();

    /** Ends it cleanly within a few seconds. Nothing is lost when it cannot: what was not committed is done again. */
    @Override
    void close();
}
