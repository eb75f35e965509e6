package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Backoff;
import dev.orderflow.analytics.batch.BatchLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One sink on a consumer and a store in memory; nothing moves unless a test says so. */
final class SinkUnderTest {

    static final BatchLimits LIMITS = new BatchLimits(3, 1 << 20, Duration.ofSeconds(1));

    final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    final List<Duration> pauses = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SinkStatus status = new SinkStatus(meters);
    final SinkLoop loop;

    private final Deque<Runnable> background = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    SinkUnderTest(StoreInMemory store, long bufferBytes) {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        SinkSettings settings =
                new SinkSettings(LIMITS, bufferBytes, new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10)));
        Patience patience = new Patience(settings.backoff(), pauses::add, clock, status);
        BatchWriter writer = new BatchWriter(OrderLog.FACTS, new DeadLetters(producer, clock), store, patience, status);
        loop = new SinkLoop(consumer, store, writer, patience, settings, status, clock, background::add);
        loop.subscribe();
    }

    static SinkUnderTest on(StoreInMemory store) {
        return new SinkUnderTest(store, 1 << 20);
    }

    /** Gives it these partitions, whose logs begin at 0, and lets it find its positions. */
    SinkUnderTest assigned(TopicPartition... partitions) {
        Map<TopicPartition, Long> begin = new HashMap<>();
        for (TopicPartition partition : partitions) {
            begin.put(partition, 0L);
        }
        consumer.updateBeginningOffsets(begin);
        consumer.rebalance(List.of(partitions));
        loop.turn();
        runBackground();
        loop.turn();
        return this;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        consumer.addRecord(record);
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** Polls, and waits until whatever is due is written. */
    void settle() {
        loop.turn();
        advance(LIMITS.maxWait());
        for (int i = 0; i < 20; i++) {
            loop.turn();
            runBackground();
        }
    }

    void runBackground() {
        while (!background.isEmpty()) {
            background.poll().run();
        }
    }
}
