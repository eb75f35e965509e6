package dev.orderflow.analytics.batch;

import java.time.Duration;

/**
 * When a batch ends.
 *
 * @param maxRows records in it at most
 * @param maxBytes bytes of records in it at most; a single larger record is a batch by itself
 * @param maxWait how long its first record waits for more
 */
public record BatchLimits(int maxRows, long maxBytes, Duration maxWait) {

    public BatchLimits {
        if (maxRows < 1 || maxBytes < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "A batch needs at least one row and one byte, and a wait of zero or more: " + maxRows + ", "
                            + maxBytes + ", " + maxWait);
        }
    }
}
