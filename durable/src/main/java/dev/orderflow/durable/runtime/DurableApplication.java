package dev.orderflow.durable.runtime;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.ServicePart;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.wire.AvroSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

/**
 * A service running on Kafka Streams with exactly-once transactions: its own, or ones that it shares with others of this process.
 * A stream thread that dies of a passing failure is replaced; one that dies of a failure that cannot pass takes the application
 * down, and with it those that share its transactions, which readiness then shows. Safe for use by several threads.
 */
public final class DurableApplication implements ServicePart {

    /** A clean end takes at most this long. */
    public static final Duration GRACE = Duration.ofSeconds(4);

    private final TaskDefinition<?> definition;
    private final SharedTransactions transactions;

    /** One with transactions of its own. */
    public DurableApplication(
            TaskDefinition<?> definition, KafkaConnection kafka, AvroSerdes serdes, MeterRegistry meters) {
        this(definition, new SharedTransactions(kafka, serdes, meters));
    }

    /** One that shares its transactions with all others that are made with the same ones. */
    public DurableApplication(TaskDefinition<?> definition, SharedTransactions transactions) {
        this.definition = definition;
        this.transactions = transactions;
        transactions.join(definition);
    }

    /**
     * Checks the input topics and begins to run, when all that share its transactions are started; returns before the stores are
     * restored.
     *
     * @throws TerminalException when a topic is missing, or partitioned otherwise than the others, or when the same services run
     *     elsewhere and share their transactions there but not here, or the other way round
     */
    @Override
    public void start() {
        transactions.start(definition);
    }

    /**
     * Whether it handles messages: false while it starts, learns its schemas, restores or is down, and while it cannot reach
     * Kafka.
     */
    @Override
    public boolean isReady() {
        return transactions.run().map(StreamsRun::isReady).orElse(false);
    }

    /**
     * Effects of this instance whose outcome is not final.
     *
     * @param limit at most so many, 0 or more
     * @throws RetriableException while its partitions are being handed out
     */
    public List<Effect> effects(int limit) {
        return transactions
                .run()
                .orElseThrow(() -> new RetriableException(definition.service() + " has not started yet"))
                .effects(definition, limit);
    }

    /** Whether it can come to handle messages without being started anew. */
    @Override
    public boolean isAlive() {
        return transactions.run().map(StreamsRun::isAlive).orElse(true);
    }

    /** Where it is, in the words of Kafka Streams, and what it misses. */
    @Override
    public String status() {
        return transactions.run().map(StreamsRun::status).orElse("NOT_STARTED");
    }

    /**
     * Ends it cleanly, inside {@link #GRACE}, and with it all that share its transactions: what was begun is committed or will be
     * read again.
     */
    @Override
    public void close() {
        transactions.close();
    }
}
