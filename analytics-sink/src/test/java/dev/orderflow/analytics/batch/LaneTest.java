package dev.orderflow.analytics.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Partition PARTITION = new Partition("order.completed", 1);
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final BatchLimits LIMITS = new BatchLimits(3, 100, Duration.ofSeconds(1));

    private final Lane<String> lane = new Lane<>(PARTITION, 10, LIMITS);

    @Test
    void shouldHaveNothingToCutAtFirst() {
        assertThat(lane.cut()).isEmpty();
        assertThat(lane.due()).isEmpty();
        assertThat(lane.ripe(START.plusSeconds(3600))).isFalse();
    }

    @Test
    void shouldWaitForMoreFromItsFirstRecordOn() {
        lane.add(10, 1, "a", START);
        lane.add(11, 1, "b", START.plusMillis(900));

        assertThat(lane.due()).contains(START.plusSeconds(1));
        assertThat(lane.ripe(START.plusMillis(999))).isFalse();
        assertThat(lane.ripe(START.plusSeconds(1))).isTrue();
        assertThat(lane.cut()).contains(batch(10, 11, "a", "b"));
        assertThat(lane.due()).isEmpty();
    }

    @Test
    void shouldNotWaitWhenItHasTheRowsOfABatch() {
        for (int i = 0; i < 4; i++) {
            lane.add(10 + i, 1, "r" + i, START);
        }
        assertThat(lane.ripe(START)).isTrue();
        assertThat(lane.cut()).contains(batch(10, 12, "r0", "r1", "r2"));
        assertThat(lane.cut()).contains(batch(13, 13, "r3"));
        assertThat(lane.cut()).isEmpty();
    }

    @Test
    void shouldNotWaitWhenItHasTheBytesOfABatch() {
        lane.add(10, 60, "a", START);
        lane.add(11, 60, "b", START);

        assertThat(lane.ripe(START)).isTrue();
        assertThat(lane.cut()).contains(batch(10, 10, "a"));
        assertThat(lane.bytes()).isEqualTo(60);
    }

    @Test
    void shouldGiveARecordThatIsTooLargeABatchOfItsOwn() {
        lane.add(10, 1, "small", START);
        lane.add(11, 1000, "large", START);

        assertThat(lane.cut()).contains(batch(10, 10, "small"));
        assertThat(lane.cut()).contains(batch(11, 11, "large"));
    }

    @Test
    void shouldCoverOffsetsThatHaveNoRecord() {
        lane.add(12, 1, "behind a marker", START);
        lane.readUpTo(15, START);

        assertThat(lane.cut()).contains(batch(10, 14, "behind a marker"));
        lane.readUpTo(20, START);
        assertThat(lane.cut()).contains(batch(15, 19));
    }

    @Test
    void shouldEndABatchThatIsFullWhereTheNextRecordBegins() {
        for (int i = 0; i < 4; i++) {
            lane.add(10 + 2 * i, 1, "r" + i, START);
        }
        assertThat(lane.cut()).contains(batch(10, 15, "r0", "r1", "r2"));
        assertThat(lane.cut()).contains(batch(16, 16, "r3"));
    }

    @Test
    void shouldRefuseAnOffsetThatWasPassed() {
        lane.add(12, 1, "a", START);

        assertThatThrownBy(() -> lane.add(12, 1, "a again", START)).hasMessageContaining("Offset 12");
    }

    private static Batch<String> batch(long first, long last, String... records) {
        return new Batch<>(new OffsetRange(PARTITION, first, last), List.of(records));
    }
}
