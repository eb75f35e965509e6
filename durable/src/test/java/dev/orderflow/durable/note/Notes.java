package dev.orderflow.durable.note;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Notes to send about while testing. */
public final class Notes {

    public static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");

    private Notes() {}

    public static Note note(String id) {
        return note(id, null);
    }

    public static Note note(String id, String text) {
        return new Note(id, text, 7L, List.of("red", "ü"), ByteBuffer.wrap(new byte[] {1, 2}), AT);
    }
}
