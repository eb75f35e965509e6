package dev.orderflow.notification.topology;

import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * An event as it came, kept until its mail is sent: the mail is written from it at each try, and a mail that is given up
 * leaves exactly this event among the dead letters.
 *
 * @param eventId its {@code ce_id}; empty when it came without
 * @param value its value on the wire
 */
record EventCopy(Origin origin, String key, String eventId, ByteBuffer value) {

    private static final int PARTS = 6;

    static EventCopy of(Message<?> message) {
        String eventId = EventHeaders.text(message.headers(), "ce_id");
        return new EventCopy(message.origin(), message.key(), eventId == null ? "" : eventId, message.bytes());
    }

    /** As the payload of an effect: topic, partition and offset, then key, event id and value in Base64. */
    String toPayload() {
        return String.join(
                " ",
                origin.topic(),
                Integer.toString(origin.partition()),
                Long.toString(origin.offset()),
                encoded(key.getBytes(StandardCharsets.UTF_8)),
                encoded(eventId.getBytes(StandardCharsets.UTF_8)),
                encoded(bytes()));
    }

    static EventCopy from(String payload) {
        List<String> parts = List.of(payload.split(" ", -1));
        if (parts.size() != PARTS) {
            throw new IllegalArgumentException("No copy of an event: " + parts.size() + " parts");
        }
        return new EventCopy(
                new Origin(parts.get(0), Integer.parseInt(parts.get(1)), Long.parseLong(parts.get(2))),
                new String(decoded(parts.get(3)), StandardCharsets.UTF_8),
                new String(decoded(parts.get(4)), StandardCharsets.UTF_8),
                ByteBuffer.wrap(decoded(parts.get(5))));
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
