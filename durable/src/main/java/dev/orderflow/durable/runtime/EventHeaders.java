package dev.orderflow.durable.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents attributes in the binary mode of its Kafka binding, and W3C trace context.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents
 *     on Kafka</a>
 * @see <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>
 */
public final class EventHeaders {

    /** The header with what tells an event from others: the same whenever the same fact is written again. */
    public static final String ID = "ce_id";

    /** The header with the trace that a record belongs to. */
    public static final String TRACEPARENT = "traceparent";

    /** There where a record had come in a partition that is not its own, and was sent on: it is in its topic twice. */
    public static final String REROUTED = "rerouted";

    /** The name of a service that has handled the record in the transaction that wrote it; once for each. */
    public static final String HANDED_TO = "handed-to";

    private static final int VERSION_AND_TRACE = 36;
    private static final int SPAN = 16;
    private static final int TRACEPARENT_LENGTH = 55;
    private static final byte[] SPEC_VERSION = "1.0".getBytes(StandardCharsets.US_ASCII);

    private EventHeaders() {}

    /**
     * The headers of an event.
     *
     * @param id the same whenever the same fact is written again
     * @param source who writes it, such as {@code /orderflow/inventory}
     * @param traceparent of what led to it; a new trace begins when there is none
     */
    public static Headers of(String id, String type, String source, Instant time, @Nullable String traceparent) {
        return ofChecked(id, type, source, time, checked(traceparent));
    }

    /** The same for what {@link #traceparent} has returned: one look at it is enough for all that a record leads to. */
    static Headers ofChecked(String id, String type, String source, Instant time, @Nullable String traceparent) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_specversion", SPEC_VERSION);
        headers.add(ID, bytes(id));
        headers.add("ce_type", bytes(type));
        headers.add("ce_source", bytes(source));
        headers.add("ce_time", bytes(time.toString()));
        headers.add(TRACEPARENT, bytes(child(traceparent)));
        return headers;
    }

    /** Whether a record with these headers says that this service has handled it in the transaction that wrote it. */
    public static boolean isHandedTo(Headers headers, String service) {
        for (Header header : headers.headers(HANDED_TO)) {
            if (new String(header.value(), StandardCharsets.UTF_8).equals(service)) {
                return true;
            }
        }
        return false;
    }

    /** Those of a record that is sent on to its own partition. */
    static Headers rerouted(Headers headers) {
        RecordHeaders marked = new RecordHeaders(headers);
        marked.remove(REROUTED).add(REROUTED, bytes("true"));
        return marked;
    }

    /** The trace position in these headers, or null where there is none that may be passed on. */
    static @Nullable String traceparent(Headers headers) {
        return checked(text(headers, TRACEPARENT));
    }

    /** The text of a header, or null. */
    public static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** A child of this trace position: the same trace, another parent. */
    static String next(@Nullable String traceparent) {
        return child(checked(traceparent));
    }

    private static @Nullable String checked(@Nullable String traceparent) {
        return traceparent != null && isTraceparent(traceparent) ? traceparent : null;
    }

    private static String child(@Nullable String traceparent) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String span = HexFormat.of().toHexDigits(random.nextLong() | 1);
        if (traceparent != null) {
            return traceparent.substring(0, VERSION_AND_TRACE) + span + traceparent.substring(VERSION_AND_TRACE + SPAN);
        }
        return "00-" + HexFormat.of().toHexDigits(random.nextLong())
                + HexFormat.of().toHexDigits(random.nextLong() | 1) + "-" + span + "-01";
    }

    /** Whether it is {@code 00-<trace, 32 hex>-<parent, 16 hex>-<flags, 2 hex>}: what else comes in is not passed on. */
    private static boolean isTraceparent(String text) {
        if (text.length() != TRACEPARENT_LENGTH || !text.startsWith("00-")) {
            return false;
        }
        for (int i = 3; i < TRACEPARENT_LENGTH; i++) {
            boolean separator = i == VERSION_AND_TRACE - 1 || i == VERSION_AND_TRACE + SPAN;
            char at = text.charAt(i);
            boolean hex = (at >= '0' && at <= '9') || (at >= 'a' && at <= 'f');
            if (separator ? at != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
