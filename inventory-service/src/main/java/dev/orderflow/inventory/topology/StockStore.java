package dev.orderflow.inventory.topology;

import dev.orderflow.durable.runtime.Task;
import dev.orderflow.events.StockRow;
import dev.orderflow.events.StockView;
import dev.orderflow.inventory.stock.StockLevel;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The stock levels of a partition by location and product, and the view of those that a batch has touched. */
final class StockStore {

    /** Longer than a stream thread may work on one batch before the group takes its partitions away. */
    private static final Duration LONGEST_BATCH = Duration.ofMinutes(10);

    private static final Duration BETWEEN_VIEWS = Duration.ofMillis(500);

    /** So many products of a partition are kept decoded: the ones that sell. */
    private static final int MAX_KNOWN = 10_000;

    private final Task task;
    private final KeyValueStore<String, StockRow> rows;
    private final SequencedMap<StockKey, StockRow> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<StockKey, StockRow> touched = new LinkedHashMap<>();
    private boolean viewMayLag = true;
    private Instant published = Instant.EPOCH;

    StockStore(Task task) {
        this.task = task;
        this.rows = task.store(InventoryTopology.STOCK, StockRow.class);
    }

    StockLevel level(StockKey key) {
        StockRow row = row(key);
        return row == null ? StockLevel.NONE : new StockLevel(row.getOnHand(), row.getReserved(), row.getCommitted());
    }

    void put(StockKey key, StockLevel level) {
        StockRow before = row(key);
        StockRow row = new StockRow(
                level.onHand(),
                level.reserved(),
                level.committed(),
                before == null ? 1 : before.getRevision() + 1,
                task.now());
        rows.put(key.text(), row);
        remember(key, row);
        touched.put(key, row);
    }

    /** This handler is the only writer of its rows, and does not outlive a transaction that fails: what it knows holds. */
    private @Nullable StockRow row(StockKey key) {
        StockRow row = known.get(key);
        if (row == null) {
            row = rows.get(key.text());
            if (row != null) {
                remember(key, row);
            }
        }
        return row;
    }

    private void remember(StockKey key, StockRow row) {
        known.put(key, row);
        if (known.size() > MAX_KNOWN) {
            known.pollFirstEntry();
        }
    }

    /**
     * Writes each product that has changed since the last time to the view, once. That is at most twice a second: a sale
     * changes each of its products when it is reserved and when it is committed, and nobody looks in between.
     *
     * @return when what is left is to be written; null where nothing is
     */
    @Nullable
    Instant publish() {
        if (viewMayLag) {
            addLeftBehind();
            viewMayLag = false;
        }
        if (touched.isEmpty()) {
            return null;
        }
        Instant now = task.now();
        Instant next = published.plus(BETWEEN_VIEWS);
        if (now.isBefore(next) && !now.isBefore(published)) {
            return next;
        }
        touched.forEach(this::emit);
        touched.clear();
        published = now;
        return null;
    }

    /**
     * A batch may have been committed in part before its handler was lost, and with it what was still to be published.
     * Rows of that batch are among the last that changed. Whatever is published twice has the same content and id.
     */
    private void addLeftBehind() {
        List<KeyValue<String, StockRow>> all = new ArrayList<>();
        Instant last = Instant.MIN;
        try (KeyValueIterator<String, StockRow> stored = rows.all()) {
            while (stored.hasNext()) {
                KeyValue<String, StockRow> row = stored.next();
                all.add(row);
                last = row.value.getChangedAt().isAfter(last) ? row.value.getChangedAt() : last;
            }
        }
        for (KeyValue<String, StockRow> row : all) {
            if (!row.value.getChangedAt().plus(LONGEST_BATCH).isBefore(last)) {
                touched.putIfAbsent(StockKey.parse(row.key), row.value);
            }
        }
    }

    private void emit(StockKey key, StockRow row) {
        StockView view = new StockView(
                key.location(),
                key.productId(),
                row.getOnHand(),
                row.getReserved(),
                row.getCommitted(),
                row.getOnHand() + row.getReserved() + row.getCommitted(),
                row.getChangedAt());
        task.emitUnhurried(
                Topics.STOCK_VIEW.name(), key.text(), view, key.text() + "/" + row.getRevision(), "StockView");
    }
}
