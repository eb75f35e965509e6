package dev.orderflow.durable.runtime;

import dev.orderflow.durable.wire.AvroSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of services that run in one process and work on the same orders: what one of them writes for another is handled
 * in the transaction that writes it, and all that an order leads to is committed at once. Which services share them must be the
 * same wherever they do, since they read as one group. Safe for use by several threads.
 */
public final class SharedTransactions {

    private final KafkaConnection kafka;
    private final AvroSerdes serdes;
    private final MeterRegistry meters;
    private final List<TaskDefinition<?>> members = new ArrayList<>();
    private final Set<TaskDefinition<?>> started = new HashSet<>();
    private @Nullable StreamsRun run;

    public SharedTransactions(KafkaConnection kafka, AvroSerdes serdes, MeterRegistry meters) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.meters = meters;
    }

    synchronized void join(TaskDefinition<?> member) {
        members.add(member);
    }

    /** Begins when the last of them is started. */
    void start(TaskDefinition<?> member) {
        StreamsRun begun;
        synchronized (this) {
            started.add(member);
            if (started.size() < members.size() || run != null) {
                return;
            }
            begun = new StreamsRun(members, kafka, serdes, meters);
            run = begun;
        }
        try {
            begun.start();
        } catch (RuntimeException failure) {
            synchronized (this) {
                run = null;
            }
            throw failure;
        }
    }

    synchronized Optional<StreamsRun> run() {
        return Optional.ofNullable(run);
    }

    /** Ends all of them; nothing where none has begun. */
    void close() {
        run().ifPresent(StreamsRun::close);
    }
}
