package dev.orderflow.analytics.batch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where facts are kept, together with how far each log was read. Every call may be repeated with the same arguments
 * without changing the result, and does nothing or fails with an exception where it cannot be done.
 */
public interface RevenueStore {

    /** Makes the store ready for what follows. */
    void prepare();

    /** How far each of these partitions was stored: the next offset to read. Partitions never stored are left out. */
    Map<Partition, Long> positions(Set<Partition> partitions);

    /** Keeps the facts of a range; they can be read when it returns. */
    void store(OffsetRange range, List<Fact> facts);

    /** Notes that these ranges are stored in full. A position never goes back. */
    void advance(Collection<OffsetRange> ranges);
}
