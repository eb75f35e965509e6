package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Backoff;
import dev.orderflow.analytics.batch.BatchLimits;
import dev.orderflow.durable.settings.Settings;
import java.time.Duration;

/**
 * How much is written at once, and how patiently.
 *
 * @param limits of one batch
 * @param bufferBytes records that wait for the database together, in bytes; reading pauses when there are more
 * @param backoff pauses while the database or the registry is away
 */
public record SinkSettings(BatchLimits limits, long bufferBytes, Backoff backoff) {

    private static final long MIB = 1L << 20;

    /**
     * {@code analytics.batch.max-rows} (100000), {@code analytics.batch.max-wait} (700ms),
     * {@code analytics.buffer.max-bytes} (32 MiB), {@code analytics.retry.first} (250ms) and
     * {@code analytics.retry.ceiling} (10s).
     */
    public static SinkSettings from(Settings settings) {
        long bufferBytes = settings.number("analytics.buffer.max-bytes", 32 * MIB, MIB, 1024 * MIB);
        return new SinkSettings(
                new BatchLimits(
                        (int) settings.number("analytics.batch.max-rows", 100_000, 1, 1_000_000),
                        bufferBytes,
                        settings.duration("analytics.batch.max-wait", Duration.ofMillis(700))),
                bufferBytes,
                new Backoff(
                        settings.duration("analytics.retry.first", Duration.ofMillis(250)),
                        settings.duration("analytics.retry.ceiling", Duration.ofSeconds(10))));
    }
}
