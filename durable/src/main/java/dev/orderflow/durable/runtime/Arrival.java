package dev.orderflow.durable.runtime;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A record as it comes to a task. A dead letter that is sent again comes as from where it was read first: what it leads to,
 * and where it is said to come from, is as if it had been handled then.
 *
 * @param read where it was read now
 * @param origin where it was read first
 * @param timestamp the record's own time
 * @param again whether it is a dead letter that is sent again
 */
record Arrival(Record<byte[], byte[]> raw, Origin read, Origin origin, Instant timestamp, boolean again) {

    /**
     * The arrival of a record.
     *
     * @param redrives the topic in which dead letters come again; one in it that does not say where it comes from has its
     *     origin there
     */
    static Arrival of(Record<byte[], byte[]> raw, RecordMetadata from, String redrives) {
        Origin read = new Origin(from.topic(), from.partition(), from.offset());
        Headers headers = raw.headers();
        Instant own = Instant.ofEpochMilli(raw.timestamp());
        if (!read.topic().equals(redrives)) {
            return new Arrival(raw, read, read, own, false);
        }
        String topic = EventHeaders.text(headers, DeadLetterHeaders.TOPIC);
        Optional<Long> partition = DeadLetterHeaders.number(headers, DeadLetterHeaders.PARTITION);
        Optional<Long> offset = DeadLetterHeaders.number(headers, DeadLetterHeaders.OFFSET);
        Origin origin = topic == null || partition.isEmpty() || offset.isEmpty()
                ? read
                : new Origin(topic, partition.get().intValue(), offset.get());
        Instant then = DeadLetterHeaders.number(headers, DeadLetterHeaders.TIMESTAMP)
                .map(Instant::ofEpochMilli)
                .orElse(own);
        return new Arrival(raw, read, origin, then, true);
    }

    /** Until when a dead letter that is sent again may be handled; empty where it does not say so. */
    Optional<Instant> until() {
        String text = EventHeaders.text(raw.headers(), DeadLetterHeaders.REDRIVE_UNTIL);
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    /**
     * After so many failures it is given up. What comes again has failed often enough, and can be sent again once more: it may
     * not hold up the others thrice.
     */
    int mostFailures() {
        return again ? 1 : FailureLedger.MOST_FAILURES;
    }
}
