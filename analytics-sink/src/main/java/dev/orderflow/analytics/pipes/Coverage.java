package dev.orderflow.analytics.pipes;

import dev.orderflow.analytics.batch.Partition;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of the log an answer is made from.
 *
 * @param nextOffsets per partition, the first offset that is not in the answer
 * @param freshnessMillis whatever was committed to the log this long ago or earlier is in the answer; empty while that is
 *     not known, as after a start with much to catch up
 */
public record Coverage(Map<Partition, Long> nextOffsets, OptionalLong freshnessMillis) {

    /** All offsets in one line, such as {@code order.completed-0:17,order.completed-1:4}. */
    String line() {
        return new TreeMap<>(nextOffsets)
                .entrySet().stream()
                        .map(each -> each.getKey() + ":" + each.getValue())
                        .collect(Collectors.joining(","));
    }
}
