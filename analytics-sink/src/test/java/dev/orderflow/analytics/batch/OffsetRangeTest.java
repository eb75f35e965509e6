package dev.orderflow.analytics.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OffsetRangeTest {

    private static final Partition PARTITION = new Partition("order.completed", 3);

    @Test
    void shouldNameItselfByTopicPartitionAndBothEnds() {
        assertThat(new OffsetRange(PARTITION, 10, 14).token()).isEqualTo("order.completed-3-10-14");
    }

    @Test
    void shouldBeFollowedByTheOffsetBehindItsLast() {
        assertThat(new OffsetRange(PARTITION, 10, 14).next()).isEqualTo(15);
    }

    @Test
    void shouldNotEndBeforeItBegins() {
        assertThatThrownBy(() -> new OffsetRange(PARTITION, 10, 9)).hasMessageContaining("order.completed-3");
    }
}
