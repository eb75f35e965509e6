package dev.orderflow.order.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.events.OrderStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionTableTest {

    @TempDir
    Path directory;

    private PartitionTable table;

    @BeforeEach
    void open() {
        table = PartitionTable.open(directory, 0);
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void shouldFindTheNewestRow() {
        write("o-1", row(1, 100, OrderStatus.RESERVING), 5);
        write("o-1", row(2, 100, OrderStatus.CHARGING), 6);

        assertThat(table.find("o-1")).get().extracting(ViewRow::sequence).isEqualTo(2L);
        assertThat(table.find("o-2")).isEmpty();
        assertThat(table.position()).isEqualTo(6);
    }

    @Test
    void shouldNotLetAnOlderSequenceOverwriteANewerOne() {
        write("o-1", row(7, 100, OrderStatus.CONFIRMED), 5);
        write("o-1", row(6, 100, OrderStatus.CHARGING), 6);
        write("o-1", row(7, 100, OrderStatus.CHARGING), 7);

        assertThat(table.find("o-1")).get().extracting(ViewRow::status).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(ids(table.newest(OrderStatus.CHARGING, null, 10))).isEmpty();
        assertThat(table.position()).isEqualTo(7);
    }

    @Test
    void shouldKeepRowsAndPositionOverARestart() {
        write("o-1", row(3, 100, OrderStatus.CONFIRMED), 42);
        table.nameTopic("topic-id", 1_000);
        table.close();
        table = PartitionTable.open(directory, 0);

        assertThat(table.position()).isEqualTo(42);
        assertThat(table.topic()).isEqualTo("topic-id");
        assertThat(table.aliveAt()).isEqualTo(1_000);
        ViewRow kept = table.find("o-1").orElseThrow();
        assertThat(kept.sequence()).isEqualTo(3);
        assertThat(kept.createdAt()).isEqualTo(100);
        assertThat(kept.view()).isEqualTo("view 3".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldListTheNewestFirstAndGoOnBehindAPosition() {
        write("o-1", row(1, 100, OrderStatus.CONFIRMED), 1);
        write("o-2", row(1, 300, OrderStatus.CANCELLED), 2);
        write("o-3", row(1, 200, OrderStatus.CONFIRMED), 3);
        write("o-4", row(1, 300, OrderStatus.CONFIRMED), 4);

        assertThat(ids(table.newest(null, null, 10))).containsExactly("o-2", "o-4", "o-3", "o-1");
        assertThat(ids(table.newest(null, null, 2))).containsExactly("o-2", "o-4");
        assertThat(ids(table.newest(null, new ListPosition(300, "o-2"), 2))).containsExactly("o-4", "o-3");
        assertThat(ids(table.newest(null, new ListPosition(100, "o-1"), 2))).isEmpty();
        assertThat(ids(table.newest(OrderStatus.CONFIRMED, null, 10))).containsExactly("o-4", "o-3", "o-1");
        assertThat(ids(table.newest(OrderStatus.CONFIRMED, new ListPosition(200, "o-3"), 10)))
                .containsExactly("o-1");
    }

    @Test
    void shouldListAnOrderUnderItsNewestStatusAndTimeOnly() {
        write("o-1", row(1, 100, OrderStatus.REJECTED), 1);
        write("o-1", row(2, 200, OrderStatus.RESERVING), 2);

        assertThat(ids(table.newest(OrderStatus.REJECTED, null, 10))).isEmpty();
        assertThat(ids(table.newest(OrderStatus.RESERVING, null, 10))).containsExactly("o-1");
        assertThat(ids(table.newest(null, null, 10))).containsExactly("o-1");
    }

    @Test
    void shouldForgetADeletedOrder() {
        write("o-1", row(1, 100, OrderStatus.COMPLETED), 1);
        table.write(Map.of("o-1", Optional.empty(), "never-seen", Optional.empty()), 3);

        assertThat(table.find("o-1")).isEmpty();
        assertThat(table.newest(null, null, 10)).isEmpty();
        assertThat(table.newest(OrderStatus.COMPLETED, null, 10)).isEmpty();
    }

    @Test
    void shouldTellReadersThatItIsClosed() {
        table.close();

        assertThatThrownBy(() -> table.find("o-1"))
                .isInstanceOf(ViewMovedException.class)
                .hasMessageContaining("Partition 0");
    }

    private void write(String orderId, ViewRow row, long position) {
        table.write(Map.of(orderId, Optional.of(row)), position);
    }

    private static ViewRow row(long sequence, long createdAt, OrderStatus status) {
        return new ViewRow(sequence, createdAt, status, ("view " + sequence).getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> ids(List<PartitionTable.Found> found) {
        return found.stream().map(PartitionTable.Found::orderId).toList();
    }
}
