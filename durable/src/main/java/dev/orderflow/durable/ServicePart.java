package dev.orderflow.durable;

/** Something that runs inside a service, from its start to its close. Safe for use by several threads. */
@FunctionalInterface
public interface ServicePart extends AutoCloseable {

    /** Begins to run; returns before it is ready. */
    default void start() {}

    /** Whether it does its whole job now. */
    default boolean isReady() {
        return true;
    }

    /** Whether it can come to be ready without being started anew. */
    default boolean isAlive() {
        return true;
    }

    /** Where it is, in a few words for people; empty where there is nothing to say. */
    default String status() {
        return "";
    }

    /** Ends it cleanly within a few seconds. Nothing is lost when it cannot: what was not committed is done again. */
    @Override
    void close();
}
