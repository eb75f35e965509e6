package dev.orderflow.durable.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The headers of a dead letter: those of the record itself, then why, where it came from, and when. */
public final class DeadLetterHeaders {

    /** Why the record cannot be handled. */
    public static final String REASON = "dl_reason";
    /** The topic that it came from. */
    public static final String TOPIC = "dl_topic";
    /** The partition that it came from, as a decimal number. */
    public static final String PARTITION = "dl_partition";
    /** Its offset there, as a decimal number. */
    public static final String OFFSET = "dl_offset";
    /** The record's own time, in milliseconds since 1970, where it is known. */
    public static final String TIMESTAMP = "dl_timestamp";
    /** When it was given up, by ISO 8601 in UTC. */
    public static final String TIME = "dl_time";
    /** The service that gave it up. */
    public static final String SERVICE = "dl_service";

    /** Which dead letter a record is that comes again, as {@code service-partition-offset}. */
    public static final String REDRIVE_OF = "dl_redrive_of";
    /** When it was sent again, by ISO 8601 in UTC. */
    public static final String REDRIVE_TIME = "dl_redrive_time";
    /**
     * Until when it may be handled, by ISO 8601 in UTC: later, nobody may remember any more what became of it before. Without
     * it, it is not handled at all.
     */
    public static final String REDRIVE_UNTIL = "dl_redrive_until";
    /** Why it was sent again, where somebody has said so. */
    public static final String REDRIVE_REASON = "dl_redrive_reason";

    private static final int LONGEST_REASON = 2_000;

    private DeadLetterHeaders() {}

    /** The headers of a dead letter. */
    public static Headers of(Headers original, String service, Origin from, Instant time, String reason) {
        RecordHeaders headers = new RecordHeaders(original);
        String shortened = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "..." : reason;
        add(headers, REASON, shortened);
        add(headers, TOPIC, from.topic());
        add(headers, PARTITION, Integer.toString(from.partition()));
        add(headers, OFFSET, Long.toString(from.offset()));
        add(headers, TIME, time.toString());
        add(headers, SERVICE, service);
        return headers;
    }

    /**
     * The headers of a dead letter that is sent again.
     *
     * @param of as {@code service-partition-offset}
     * @param written the record's own time, as far as it is known; stays as it is where it is in the headers
     * @param until may be handled until then
     */
    public static Headers again(
            Headers letter, String of, Instant time, Instant written, Instant until, @Nullable String reason) {
        RecordHeaders headers = new RecordHeaders(letter);
        if (headers.lastHeader(TIMESTAMP) == null) {
            withTimestamp(headers, written.toEpochMilli());
        }
        add(headers, REDRIVE_OF, of);
        add(headers, REDRIVE_TIME, time.toString());
        add(headers, REDRIVE_UNTIL, until.toString());
        headers.remove(EventHeaders.REROUTED).remove(REDRIVE_REASON);
        if (reason != null) {
            add(headers, REDRIVE_REASON, reason);
        }
        return headers;
    }

    /** The number in one of them; empty where there is none. */
    public static Optional<Long> number(Headers headers, String name) {
        return Optional.ofNullable(EventHeaders.text(headers, name)).flatMap(text -> {
            try {
                return Optional.of(Long.parseLong(text));
            } catch (NumberFormatException noNumber) {
                return Optional.empty();
            }
        });
    }

    /** Says what the record's own time was, which a topic of dead letters does not keep. */
    public static Headers withTimestamp(Headers headers, long timestamp) {
        add(headers, TIMESTAMP, Long.toString(timestamp));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
