package dev.orderflow.local.chaos;

import dev.orderflow.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders that can all be confirmed, placed at a steady rate whatever happens to the stack, and the moments at which a consumer
 * of committed records has read that they are. Safe for use by several threads.
 */
final class SteadyOrders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SteadyOrders.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Load load;
    private final String run;
    private final long gapNanos;
    private final Map<String, Recovery.Order> orders = new ConcurrentHashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread placing = Thread.ofPlatform().name("steady-orders").unstarted(this::place);
    private final Thread reading =
            Thread.ofPlatform().name("steady-confirmations").unstarted(this::read);
    private volatile boolean ended;

    /** @param run in the ids of its orders */
    SteadyOrders(StackUnderChaos stack, String run, int rate) {
        this.load = new Load(stack.address());
        this.run = run;
        this.gapNanos = Duration.ofSeconds(1).toNanos() / rate;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.bootstrap(),
                        "client.id",
                        "recovery",
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "reconnect.backoff.ms",
                        20,
                        "reconnect.backoff.max.ms",
                        100,
                        "retry.backoff.ms",
                        20,
                        "retry.backoff.max.ms",
                        100),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(Topics.ORDER_CONFIRMED.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
    }

    void begin() {
        placing.start();
        reading.start();
    }

    /** Every order that was placed and not forgotten. */
    List<Recovery.Order> all() {
        return List.copyOf(orders.values());
    }

    /** How many are not confirmed. */
    long unconfirmed() {
        return orders.values().stream()
                .filter(order -> order.confirmedAt() == null)
                .count();
    }

    /** Forgets those that are confirmed. */
    void forgetConfirmed() {
        orders.values().removeIf(order -> order.confirmedAt() != null);
    }

    private void place() {
        long begun = System.nanoTime();
        for (int number = 0; !ended; number++) {
            long due = begun + number * gapNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            ChaosOrder order = ChaosOrder.sale(run, number);
            orders.put(order.id(), new Recovery.Order(System.nanoTime(), null));
            load.place(order);
        }
    }

    private void read() {
        while (!ended) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    long now = System.nanoTime();
                    orders.computeIfPresent(
                            new String(record.key(), StandardCharsets.UTF_8),
                            (_, order) ->
                                    order.confirmedAt() == null ? new Recovery.Order(order.placedAt(), now) : order);
                }
            } catch (KafkaException unreachable) {
                LOG.debug("The confirmations are read again", unreachable);
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        join(placing);
        load.close();
        join(reading);
        consumer.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
