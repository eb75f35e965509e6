package dev.orderflow.durable.runtime;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer whose poll can be ended from another thread without the caller noticing: the stream thread then goes round
 * its loop, fires punctuators and finds what woke it. {@link KafkaConsumer#wakeup} alone would break whatever blocking
 * call comes next; here it is used only while a poll is under way, and never outlives it.
 */
final class WakeableConsumer extends KafkaConsumer<byte[], byte[]> {

    private final Object lock = new Object();
    private final ThreadPulse pulse;
    private boolean polling;
    private boolean signalled;
    private boolean woken;

    /** @param commitsApart as in {@link CommitPace} */
    WakeableConsumer(Map<String, Object> config, int commitsApart) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        pulse = new ThreadPulse(this::endPoll, this::currentLag, commitsApart);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        pulse.bind();
        Duration atMost =
                pulse.pollTimeout(pulse.settlingTimeout(timeout, assignment().size(), paused().size()));
        synchronized (lock) {
            if (signalled) {
                signalled = false;
                atMost = Duration.ZERO;
                pulse.woken();
            }
            polling = true;
        }
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = super.poll(atMost);
        } catch (WakeupException ended) {
            synchronized (lock) {
                woken = false;
            }
            pulse.woken();
            records = ConsumerRecords.empty();
        } finally {
            endOfPoll();
        }
        pulse.fetched(records);
        return records;
    }

    /** A wake-up that came too late for its poll is taken back: the next poll throws before it fetches anything. */
    private void endOfPoll() {
        boolean left;
        synchronized (lock) {
            polling = false;
            left = woken;
            woken = false;
        }
        if (left) {
            pulse.woken();
            consumeWakeup();
        }
    }

    private void consumeWakeup() {
        try {
            super.poll(Duration.ZERO);
            throw new IllegalStateException("A pending wake-up did not end the poll");
        } catch (WakeupException expected) {
            // That was its purpose.
        }
    }

    private void endPoll() {
        synchronized (lock) {
            if (polling) {
                if (!woken) {
                    woken = true;
                    wakeup();
                }
            } else {
                signalled = true;
            }
        }
    }
}
