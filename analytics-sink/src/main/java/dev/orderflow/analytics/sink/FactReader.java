package dev.orderflow.analytics.sink;

import dev.orderflow.analytics.batch.Fact;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.schemas.Pseudonym;
import dev.orderflow.schemas.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/** Turns records of the order log into facts. Safe for use by several threads. */
public final class FactReader {

    /** The topics that it understands. */
    public static final List<String> TOPICS =
            List.of(Topics.ORDER_COMPLETED.name(), Topics.ORDER_REFUNDED.name(), Topics.ORDER_VIEW.name());

    /** What came out of records, and those that nothing can ever come out of. */
    record Reading(List<Fact> facts, List<DeadLetters.Letter> letters) {}

    private final EntryReader entries;
    private final ProgressReader progress;

    public FactReader(AvroSerdes serdes, Pseudonym pseudonym) {
        this.entries = new EntryReader(serdes, pseudonym);
        this.progress = new ProgressReader(serdes);
    }

    /**
     * Reads records of one partition.
     *
     * @throws dev.orderflow.durable.RetriableException when the registry is away
     */
    Reading read(List<ConsumerRecord<byte[], byte[]>> records) {
        Reading reading = new Reading(new ArrayList<>(records.size()), new ArrayList<>());
        if (!records.isEmpty() && records.getFirst().topic().equals(Topics.ORDER_VIEW.name())) {
            newestOfEachOrder(records, reading);
        } else {
            records.forEach(record -> read(record, reading));
        }
        return reading;
    }

    /** A view says all that the views before it said, so only the last one is worth reading. */
    private void newestOfEachOrder(List<ConsumerRecord<byte[], byte[]>> records, Reading reading) {
        Set<Bytes> seen = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records.reversed()) {
            Bytes order = Bytes.wrap(record.key() == null ? new byte[0] : record.key());
            // A view was forgotten; what became of the order stays.
            boolean tombstone = record.value() == null;
            if (!tombstone && !seen.contains(order) && read(record, reading)) {
                seen.add(order);
            }
        }
    }

    private boolean read(ConsumerRecord<byte[], byte[]> record, Reading reading) {
        try {
            if (record.value() == null) {
                throw new PoisonException("A record without a value on " + record.topic());
            }
            reading.facts()
                    .add(
                            record.topic().equals(Topics.ORDER_VIEW.name())
                                    ? progress.read(record)
                                    : entries.read(record));
            return true;
        } catch (PoisonException poison) {
            reading.letters().add(new DeadLetters.Letter(record, String.valueOf(poison.getMessage())));
            return false;
        }
    }
}
