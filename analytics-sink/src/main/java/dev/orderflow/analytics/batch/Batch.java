package dev.orderflow.analytics.batch;

import java.util.List;

/**
 * All records of one range of offsets: what is written, and written again after a failure, as a whole.
 *
 * @param records in the order of their offsets; empty when the range holds markers only
 */
public record Batch<R>(OffsetRange range, List<R> records) {

    public Batch {
        records = List.copyOf(records);
    }
}
