package dev.orderflow.analytics.sink;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the loop on a thread of its own until it is closed. */
final class SinkRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SinkRunner.class);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final Duration JOIN = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final SinkLoop loop;
    private final SinkStatus status;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    SinkRunner(Consumer<byte[], byte[]> consumer, SinkLoop loop, SinkStatus status) {
        this.consumer = consumer;
        this.loop = loop;
        this.status = status;
        this.thread = Thread.ofPlatform().name("analytics-sink").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive() || thread.getState() == Thread.State.NEW;
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            thread.join(JOIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            loop.subscribe();
            while (closing.getCount() > 0) {
                try {
                    loop.turn();
                } catch (WakeupException wokenUp) {
                    LOG.debug("Woken up to close");
                } catch (FencedInstanceIdException taken) {
                    status.failing(
                            "another process has the same kafka.instance; give each its own: " + taken.getMessage());
                    LOG.error("Another analytics-sink runs under the same kafka.instance; this one stops", taken);
                    return;
                } catch (InterruptException interrupted) {
                    return;
                } catch (KafkaException trouble) {
                    status.failing("Kafka: " + trouble.getMessage());
                    LOG.warn("Kafka is in trouble; trying again", trouble);
                    rest();
                }
            }
        } catch (RuntimeException bug) {
            status.failing("stopped by a bug: " + bug);
            LOG.error("The analytics sink stops; start it anew", bug);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    /** A pause, so that a broker in trouble is not asked again at once; closing ends it. */
    private void rest() {
        try {
            var _ = closing.await(REST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            closing.countDown();
        }
    }
}
