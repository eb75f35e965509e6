package dev.orderflow.notification.topology;

import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as it came, kept until its mail is sent: the mail is written from it at each try, and a mail that is given up
 * leaves exactly this event among the dead letters.
 *
 * @param eventId its {@code ce_id}; empty when it came without
 * @param value its value on the wire
 * @param timestamp the event's own time; null in a copy of an earlier version
 * @param redriveOf which dead letter it was when it came; empty where it was none
 */
record EventCopy(
        Origin origin,
        String key,
        String eventId,
        ByteBuffer value,
        @Nullable Instant timestamp,
        String redriveOf) {

    private static final int PARTS = 8;
    private static final int PARTS_BEFORE = 6;

    static EventCopy of(Message<?> message) {
        return new EventCopy(
                message.origin(),
                message.key(),
                header(message, "ce_id"),
                message.bytes(),
                message.timestamp(),
                header(message, DeadLetterHeaders.REDRIVE_OF));
    }

    private static String header(Message<?> message, String name) {
        String text = EventHeaders.text(message.headers(), name);
        return text == null ? "" : text;
    }

    /**
     * As the payload of an effect: topic, partition and offset, then key, event id and value in Base64, then its time in
     * milliseconds and the dead letter that it was in Base64.
     */
    String toPayload() {
        return String.join(
                " ",
                origin.topic(),
                Integer.toString(origin.partition()),
                Long.toString(origin.offset()),
                encoded(key.getBytes(StandardCharsets.UTF_8)),
                encoded(eventId.getBytes(StandardCharsets.UTF_8)),
                encoded(bytes()),
                timestamp == null ? "" : Long.toString(timestamp.toEpochMilli()),
                encoded(redriveOf.getBytes(StandardCharsets.UTF_8)));
    }

    static EventCopy from(String payload) {
        List<String> parts = List.of(payload.split(" ", -1));
        if (parts.size() != PARTS && parts.size() != PARTS_BEFORE) {
            throw new IllegalArgumentException("No copy of an event: " + parts.size() + " parts");
        }
        boolean before = parts.size() == PARTS_BEFORE;
        return new EventCopy(
                new Origin(parts.get(0), Integer.parseInt(parts.get(1)), Long.parseLong(parts.get(2))),
                new String(decoded(parts.get(3)), StandardCharsets.UTF_8),
                new String(decoded(parts.get(4)), StandardCharsets.UTF_8),
                ByteBuffer.wrap(decoded(parts.get(5))),
                before || parts.get(6).isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(parts.get(6))),
                before ? "" : new String(decoded(parts.get(7)), StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }
}
