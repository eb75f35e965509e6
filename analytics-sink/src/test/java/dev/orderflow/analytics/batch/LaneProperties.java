package dev.orderflow.analytics.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LaneProperties {

    private static final Instant NOW = Instant.EPOCH;

    /** Each number is a step: the distance to the next record, and after every third one whatever is ready is cut. */
    @Property
    void shouldPutEveryRecordIntoOneBatchAndLeaveNoHole(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 4) Integer> distances,
            @ForAll @IntRange(min = 1, max = 9) int maxRows,
            @ForAll @IntRange(min = 1, max = 50) int maxBytes) {
        Lane<Long> lane = new Lane<>(new Partition("t", 0), 0, new BatchLimits(maxRows, maxBytes, Duration.ZERO));
        List<Long> read = new ArrayList<>();
        List<Batch<Long>> batches = new ArrayList<>();
        long offset = -1;
        for (int i = 0; i < distances.size(); i++) {
            offset += distances.get(i);
            read.add(offset);
            lane.add(offset, distances.get(i) * 7, offset, NOW);
            if (i % 3 == 2) {
                lane.cut().ifPresent(batches::add);
            }
        }
        Optional<Batch<Long>> last = lane.cut();
        while (last.isPresent()) {
            batches.add(last.get());
            last = lane.cut();
        }

        assertThat(batches.stream().flatMap(batch -> batch.records().stream())).containsExactlyElementsOf(read);
        long next = 0;
        for (Batch<Long> batch : batches) {
            OffsetRange range = batch.range();
            assertThat(range.first()).isEqualTo(next);
            next = range.next();
            assertThat(batch.records())
                    .hasSizeLessThanOrEqualTo(maxRows)
                    .allMatch(record -> record >= range.first() && record <= range.last());
        }
        assertThat(next).isEqualTo(offset + 1);
        assertThat(lane.rows()).isZero();
        assertThat(lane.bytes()).isZero();
    }
}
