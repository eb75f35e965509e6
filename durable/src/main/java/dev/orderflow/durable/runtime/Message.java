package dev.orderflow.durable.runtime;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/**
 * A decoded record of an input topic, with where it stands.
 *
 * @param key the id inside the value that decides its partition, whatever key the record came with
 * @param timestamp the record's own time
 */
public record Message<T>(
        T value, String key, String topic, int partition, long offset, Instant timestamp, Headers headers) {}
