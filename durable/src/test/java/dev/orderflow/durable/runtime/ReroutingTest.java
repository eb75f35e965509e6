package dev.orderflow.durable.runtime;

import static dev.orderflow.durable.note.Notes.note;
import static dev.orderflow.durable.runtime.NoteTask.IN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever partitioner a producer uses, a record ends up in the partition of the id inside it. */
class ReroutingTest {

    private static final int PARTITIONS = 2;

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final List<String> received = new ArrayList<>();
    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final TaskProcessor processor = new TaskProcessor(
            List.of(TaskDefinition.named("notes", task -> new Receiver())
                    .input(IN, Note.class, Note::getId, (receiver, message) -> received.add(message.key()))
                    .build()),
            new TaskContext(
                    serdes,
                    PARTITIONS,
                    (attempt, timeout, lost) -> {},
                    new FailureLedger(),
                    service -> {},
                    ReadBefore.NOTHING));

    private static final class Receiver implements TaskHandler {}

    @BeforeEach
    void start() {
        processor.init(context);
    }

    @Test
    void shouldHandleARecordInThePartitionOfItsIdWhateverItsKeyIs() {
        String id = idOfPartition(0);

        process("another key", 0, note(id));

        assertThat(received).containsExactly(id);
        assertThat(context.forwarded()).isEmpty();
    }

    @Test
    void shouldSendARecordAgainThatIsInAnotherPartition() {
        String id = idOfPartition(1);
        byte[] bytes = serdes.serialize(IN, note(id));

        process(id, 0, note(id));

        assertThat(received).isEmpty();
        assertThat(context.forwarded("again-to-" + IN)).singleElement().satisfies(again -> {
            assertThat(again.record().key()).isEqualTo(Routing.keyBytes(id));
            assertThat(again.record().value()).isEqualTo(bytes);
            assertThat(again.record().timestamp()).isEqualTo(1_234);
            assertThat(EventHeaders.text(again.record().headers(), "ce_id")).isEqualTo("theirs");
        });
        assertThat(context.forwarded()).hasSize(1);
    }

    @Test
    void shouldSendADeadLetterThatComesAgainToWhereItsServiceAloneReadsIt() {
        String id = idOfPartition(1);
        RecordHeaders headers = new RecordHeaders();
        headers.add("dl_topic", Routing.keyBytes(IN));
        headers.add("dl_partition", Routing.keyBytes("1"));
        headers.add("dl_offset", Routing.keyBytes("7"));
        headers.add("dl_redrive_until", Routing.keyBytes("2026-11-27T10:00:00Z"));
        context.setCurrentSystemTimeMs(0);

        process("notes.redrives", id, 0, note(id), headers);

        assertThat(received).isEmpty();
        assertThat(context.forwarded("again-to-notes.redrives")).singleElement().satisfies(again -> {
            assertThat(EventHeaders.text(again.record().headers(), "dl_offset")).isEqualTo("7");
            assertThat(EventHeaders.text(again.record().headers(), "rerouted")).isEqualTo("true");
        });
        assertThat(context.forwarded()).hasSize(1);
    }

    private void process(String key, int partition, Note note) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", Routing.keyBytes("theirs"));
        process(IN, key, partition, note, headers);
    }

    private void process(String topic, String key, int partition, Note note, RecordHeaders headers) {
        context.setRecordMetadata(topic, partition, 7);
        processor.process(new Record<>(Routing.keyBytes(key), serdes.serialize(IN, note), 1_234, headers));
    }

    private static String idOfPartition(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "id-" + i)
                .filter(id -> Routing.partitionOf(id, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }
}
