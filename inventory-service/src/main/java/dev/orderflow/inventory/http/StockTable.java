package dev.orderflow.inventory.http;

import dev.orderflow.events.StockView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The stock of every location as it was last committed. Each instance keeps all of it: a few numbers for each product,
 * 200 bytes or so, so that a million products fit and no request has to be sent on. Safe for use by several threads.
 */
final class StockTable {

    /** In a location's keys, a slash follows its name; this is the character behind it. */
    private static final char BEHIND_SLASH = '/' + 1;

    private final ConcurrentNavigableMap<String, StockView> rows = new ConcurrentSkipListMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    void put(StockView view) {
        rows.put(key(view.getStockLocation(), view.getProductId()), view);
    }

    /** Wakes those who wait for what was put. */
    void batchEnd() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The stock of a product; waits for one that has not been seen yet. Blocks the calling thread. */
    Optional<StockView> await(String location, String productId, Duration atMost) throws InterruptedException {
        String key = key(location, productId);
        StockView known = rows.get(key);
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (known == null && left > 0) {
                left = changed.awaitNanos(left);
                known = rows.get(key);
            }
        } finally {
            lock.unlock();
        }
        return Optional.ofNullable(known);
    }

    /**
     * Stock by location and product, in the order of their names.
     *
     * @param location only this one; null for all
     * @param after only what comes behind this key; null for the beginning
     * @param limit how many at most
     */
    List<StockView> list(@Nullable String location, @Nullable String after, int limit) {
        var from = location == null ? rows : rows.subMap(location + "/", true, location + BEHIND_SLASH, false);
        String first = location == null ? "" : location + "/";
        var behind = after == null || after.compareTo(first) < 0 ? from : tail(from, after);
        return behind.values().stream().limit(limit).toList();
    }

    static String key(String location, String productId) {
        return location + "/" + productId;
    }

    private static ConcurrentNavigableMap<String, StockView> tail(
            ConcurrentNavigableMap<String, StockView> map, String after) {
        try {
            return map.tailMap(after, false);
        } catch (IllegalArgumentException behindAll) {
            // A cursor of another location, behind the last key of this one.
            return new ConcurrentSkipListMap<>();
        }
    }
}
