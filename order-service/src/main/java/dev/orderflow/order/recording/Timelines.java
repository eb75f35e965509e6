package dev.orderflow.order.recording;

import dev.orderflow.order.rehearsal.Noted;
import dev.orderflow.order.saga.Evidence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rehearsal needs of a view, in few bytes: a topic may hold several views of each order, with all of its lines. */
final class Timelines {

    private Timelines() {}

    static byte[] toBytes(List<Noted> noted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(48 * noted.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Noted entry : noted) {
                out.writeLong(entry.sequence());
                out.writeLong(entry.at().toEpochMilli());
                Evidence evidence = entry.evidence();
                out.writeUTF(evidence == null ? "" : evidence.topic());
                out.writeInt(evidence == null ? -1 : evidence.partition());
                out.writeLong(evidence == null ? -1 : evidence.offset());
                out.writeUTF(evidence == null || evidence.eventId() == null ? "" : evidence.eventId());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static List<Noted> of(byte[] bytes) {
        List<Noted> noted = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                long sequence = in.readLong();
                Instant at = Instant.ofEpochMilli(in.readLong());
                noted.add(new Noted(sequence, at, evidence(in.readUTF(), in.readInt(), in.readLong(), in.readUTF())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what was written to memory can be read", e);
        }
        return noted;
    }

    private static @Nullable Evidence evidence(String topic, int partition, long offset, String eventId) {
        return topic.isEmpty() ? null : new Evidence(topic, partition, offset, eventId.isEmpty() ? null : eventId);
    }
}
