package dev.orderflow.durable.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommittedStoreTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(12).plusMinutes(1);

    private final StoreOnDisk disk = new StoreOnDisk(true);

    @AfterEach
    void close() {
        disk.close();
    }

    @Test
    void shouldForgetWhatWasNotCommittedWhenItIsKilled() {
        disk.put("a", "committed");
        disk.committed(7);
        disk.put("a", "not committed");
        disk.put("b", "not committed");
        assertThat(disk.get("a")).isEqualTo("not committed");

        disk.kill();

        assertThat(disk.rows()).containsExactly(Map.entry("a", "committed"));
        assertThat(disk.offset()).isEqualTo(7);
    }

    @Test
    void shouldBeOfNoUseWhenNobodyKnowsWhetherItsRowsWereCommitted() {
        disk.put("a", "1");
        disk.committed(3);
        disk.put("a", "committed or not");
        disk.store().lost();

        assertThatThrownBy(() -> disk.get("a"))
                .isInstanceOf(ProcessorStateException.class)
                .hasMessageContaining("restored from its changelog");
        disk.store().commit(Map.of(StoreOnDisk.CHANGELOG, 4L));

        disk.kill();
        assertThat(disk.rows()).isEmpty();
        assertThat(disk.offset()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void shouldAnswerAsKafkaStreamsItselfWhenItKnowsNoOffset() {
        assertThat(disk.offset()).isEqualTo(Standing.UNKNOWN);

        disk.store().commit(Map.of(StoreOnDisk.CHANGELOG, Standing.UNKNOWN));
        disk.kill();

        assertThat(disk.offset()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void shouldGoOnFromWhatWasRestoredAndFromBeforeItWhereThatWasNotSaid() {
        disk.restore(Map.of("a", "1", "b", "2"));
        disk.store().commit(Map.of(StoreOnDisk.CHANGELOG, 11L));
        disk.restoreDeletion("a");
        disk.restore(Map.of("c", "3"));

        disk.kill();

        assertThat(disk.offset()).isEqualTo(11);
        assertThat(disk.rows()).containsExactly(Map.entry("b", "2"), Map.entry("c", "3"));
    }

    @Test
    void shouldTakeNothingForCommittedThatATransactionHasUnderWay() {
        disk.put("a", "1");
        disk.store().commit(Map.of(StoreOnDisk.CHANGELOG, 3L));
        disk.kill();

        assertThat(disk.rows()).isEmpty();
        assertThat(disk.offset()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void shouldTakeWhatKafkaStreamsCommitsWhereNobodyTellsOfTransactions() {
        try (StoreOnDisk underADriver = new StoreOnDisk(false)) {
            underADriver.put("a", "1");
            underADriver.store().commit(Map.of(StoreOnDisk.CHANGELOG, 3L));
            underADriver.kill();

            assertThat(underADriver.rows()).containsExactly(Map.entry("a", "1"));
            assertThat(underADriver.offset()).isEqualTo(3);
        }
    }

    @Test
    void shouldBeginAnewWhenItWasLeftAloneSoLongThatDeletionsMayHaveBeenMissed() {
        disk.put("a", "1");
        disk.committed(3);

        disk.pass(LONG);
        disk.kill();

        assertThat(disk.rows()).isEmpty();
        assertThat(disk.offset()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void shouldBeKeptHoweverLongItRuns() {
        disk.put("a", "1");
        disk.committed(3);
        disk.store().running(true);
        for (Duration open = Duration.ZERO; open.compareTo(LONG) < 0; open = open.plus(MINUTE)) {
            disk.pass(MINUTE);
            disk.committedElsewhere();
        }

        disk.kill();

        assertThat(disk.rows()).containsExactly(Map.entry("a", "1"));
        assertThat(disk.offset()).isEqualTo(3);
    }

    @Test
    void shouldNotCountAsWholeWhileItIsRestored() {
        disk.restore(Map.of("a", "1"));
        for (int hour = 0; hour < 13; hour++) {
            disk.pass(Duration.ofHours(1));
            disk.store().commit(Map.of(StoreOnDisk.CHANGELOG, (long) hour));
            disk.committedElsewhere();
        }

        disk.kill();

        assertThat(disk.rows()).isEmpty();
    }

    @Test
    void shouldBeginAnewWhenKafkaStreamsHasGivenItUp() {
        disk.put("a", "1");
        disk.committed(3);
        disk.store().commit(Map.of());

        disk.kill();

        assertThat(disk.rows()).isEmpty();
        assertThat(disk.offset()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void shouldBeginAnewWhenTheDiskHasSpoiledIt() throws IOException {
        disk.put("a", "1");
        disk.committed(3);
        disk.store().close();
        Path table = disk.taskDirectory().resolve("tables").resolve("rows");
        Files.writeString(table.resolve("CURRENT"), "MANIFEST-that-is-not-there");

        disk.reopen();

        assertThat(disk.rows()).isEmpty();
        assertThat(disk.offset()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void shouldRemoveWhatAnEarlierVersionKept() throws IOException {
        Path before = disk.taskDirectory().resolve("rocksdb").resolve("rows");
        Files.createDirectories(before);
        Files.writeString(before.resolve("CURRENT"), "of an ordinary store");

        disk.reopen();

        assertThat(before).doesNotExist();
        assertThat(disk.offset()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void shouldShowWhoeverScansOneStateAlthoughItIsCommittedMeanwhile() {
        disk.put("a", "1");
        disk.committed(0);
        disk.put("b", "2");
        try (KeyValueIterator<Bytes, byte[]> rows = disk.store().all()) {
            assertThat(rows.peekNextKey()).isEqualTo(StoreOnDisk.bytes("a"));
            disk.committed(1);
            assertThat(rows.next().key).isEqualTo(StoreOnDisk.bytes("a"));
            assertThat(rows.next().key).isEqualTo(StoreOnDisk.bytes("b"));
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void shouldTellWhoeverReadsThatItIsClosed() {
        disk.put("a", "1");
        disk.put("b", "2");
        disk.put("c", "3");
        disk.committed(0);
        KeyValueIterator<Bytes, byte[]> rows = disk.store().all();
        disk.store().close();

        assertThat(disk.store().isOpen()).isFalse();
        assertThatThrownBy(() -> disk.get("a")).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(rows::next).isInstanceOf(InvalidStateStoreException.class);
        rows.close();
    }

    @Test
    void shouldKeepWhatIsThereAlreadyWhereItIsAskedTo() {
        disk.put("a", "1");

        assertThat(disk.store().putIfAbsent(StoreOnDisk.bytes("a"), new byte[] {2}))
                .isNotNull();
        assertThat(disk.store().putIfAbsent(StoreOnDisk.bytes("b"), new byte[] {'2'}))
                .isNull();

        assertThat(List.copyOf(disk.rows().values())).containsExactly("1", "2");
    }
}
