package dev.orderflow.analytics.clickhouse;

import com.clickhouse.client.api.query.GenericRecord;
import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.RevenueStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps revenue entries and positions in ClickHouse. Safe for use by several threads. */
public final class ClickHouseRevenueStore implements RevenueStore {

    private static final List<String> ENTRY_COLUMNS = List.of(
            "order_id",
            "customer",
            "kind",
            "total_minor",
            "currency",
            "digits",
            "item_count",
            "event_time",
            "topic",
            "`partition`",
            "`offset`");
    private static final List<String> POSITION_COLUMNS = List.of("topic", "`partition`", "next_offset");
    private static final int BUFFER_BYTES = 1 << 16;

    private final ClickHouse database;
    private final Migrations migrations;

    public ClickHouseRevenueStore(ClickHouse database) {
        this.database = database;
        this.migrations = Migrations.of(database);
    }

    /** Brings the tables up to date. */
    @Override
    public void prepare() {
        migrations.apply();
    }

    @Override
    public Map<Partition, Long> positions(Set<Partition> partitions) {
        Map<Partition, Long> positions = positions();
        positions.keySet().retainAll(partitions);
        return positions;
    }

    /** How far each partition was ever stored: the next offset to read. */
    public Map<Partition, Long> positions() {
        Map<Partition, Long> positions = new TreeMap<>();
        String sql = "SELECT topic, toInt32(`partition`) AS number, toInt64(max(next_offset)) AS next"
                + " FROM sink_positions GROUP BY topic, `partition`";
        for (GenericRecord row : database.rows(sql, Map.of())) {
            positions.put(new Partition(row.getString("topic"), row.getInteger("number")), row.getLong("next"));
        }
        return positions;
    }

    @Override
    public void store(OffsetRange range, List<RevenueEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        database.insert("revenue_entries", ENTRY_COLUMNS, out -> write(entries, out), range.token());
    }

    @Override
    public void advance(Collection<OffsetRange> ranges) {
        if (ranges.isEmpty()) {
            return;
        }
        String token =
                "positions " + ranges.stream().map(OffsetRange::token).sorted().toList();
        database.insert(
                "sink_positions",
                POSITION_COLUMNS,
                out -> {
                    RowBinary row = new RowBinary(out);
                    for (OffsetRange range : ranges) {
                        row.text(range.partition().topic())
                                .int32(range.partition().number())
                                .int64(range.next());
                    }
                },
                token);
    }

    private static void write(List<RevenueEntry> entries, OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        RowBinary row = new RowBinary(buffered);
        for (RevenueEntry entry : entries) {
            row.text(entry.orderId())
                    .text(entry.customer())
                    .int8(number(entry.kind()))
                    .int64(entry.totalMinor())
                    .text(entry.currency())
                    .int8(entry.digits())
                    .int64(entry.itemCount())
                    .int64(entry.eventTime().toEpochMilli())
                    .text(entry.source().topic())
                    .int32(entry.source().number())
                    .int64(entry.offset());
        }
        buffered.flush();
    }

    private static int number(RevenueEntry.Kind kind) {
        return switch (kind) {
            case SALE -> 1;
            case REFUND -> 2;
        };
    }
}
