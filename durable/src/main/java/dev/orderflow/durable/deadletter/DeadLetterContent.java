package dev.orderflow.durable.deadletter;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * A whole dead letter.
 *
 * @param value of the record, as it came; empty where it had none
 * @param headers those of the record, and those that say why it was set aside
 * @param sentAgain when it was sent again the last time
 */
public record DeadLetterContent(
        DeadLetter letter, Optional<ByteBuffer> value, Headers headers, Optional<Instant> sentAgain) {}
