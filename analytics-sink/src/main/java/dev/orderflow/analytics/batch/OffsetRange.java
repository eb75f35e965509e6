package dev.orderflow.analytics.batch;

/**
 * A stretch of one partition without a hole. Offsets in it need not all have a record: markers of transactions and
 * records of aborted ones take offsets, too.
 *
 * @param first the first offset in it
 * @param last the last offset in it, not less than {@code first}
 */
public record OffsetRange(Partition partition, long first, long last) {

    public OffsetRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("No range of " + partition + ": from " + first + " to " + last);
        }
    }

    /** Names the range for the database's deduplication: the same range again, the same token. */
    public String token() {
        return partition + "-" + first + "-" + last;
    }

    /** The offset at which the next range begins. */
    public long next() {
        return last + 1;
    }
}
