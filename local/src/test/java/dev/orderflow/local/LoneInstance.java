package dev.orderflow.local;

import dev.orderflow.durable.runtime.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A service that a test runs once, with one thread, on a broker that is alone. */
public final class LoneInstance {

    private LoneInstance() {}

    /**
     * How it gets to its broker.
     *
     * @param state where it keeps its tables
     * @param session after so long without a sign of life it is taken for dead
     */
    public static KafkaConnection connection(String bootstrap, Path state, Duration session) {
        return new KafkaConnection(bootstrap, "test", "1", state, (short) 1, 1, 0, session, Map.of());
    }
}
