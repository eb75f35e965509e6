package dev.orderflow.durable.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

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
    /** When it was given up, by ISO 8601 in UTC. */
    public static final String TIME = "dl_time";
    /** The service that gave it up. */
    public static final String SERVICE = "dl_service";

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

    private static void add(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
