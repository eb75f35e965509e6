package dev.orderflow.analytics.clickhouse;

import com.clickhouse.client.api.query.GenericRecord;
import dev.orderflow.analytics.batch.Fact;
import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.OrderProgress;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.RevenueStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps revenue entries, how far orders have come, and positions in ClickHouse. Safe for use by several threads. */
public final class ClickHouseRevenueStore implements RevenueStore {

    private static final List<String> POSITION_COLUMNS = List.of("topic", "`partition`", "next_offset");
    private static final int ROW_BYTES = 192;

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
    public void store(OffsetRange range, List<Fact> facts) {
        RowBinary entries = new RowBinary(ROW_BYTES * facts.size());
        RowBinary progress = new RowBinary();
        for (Fact fact : facts) {
            switch (fact) {
                case RevenueEntry entry -> RevenueRows.write(entry, entries);
                case OrderProgress order -> ProgressRows.write(order, progress);
            }
        }
        insert(RevenueRows.TABLE, RevenueRows.COLUMNS, entries, range);
        insert(ProgressRows.TABLE, ProgressRows.COLUMNS, progress, range);
    }

    @Override
    public void advance(Collection<OffsetRange> ranges) {
        if (ranges.isEmpty()) {
            return;
        }
        String token =
                "positions " + ranges.stream().map(OffsetRange::token).sorted().toList();
        RowBinary rows = new RowBinary();
        for (OffsetRange range : ranges) {
            rows.text(range.partition().topic())
                    .int32(range.partition().number())
                    .int64(range.next());
        }
        database.insert("sink_positions", POSITION_COLUMNS, rows::writeTo, token);
    }

    private void insert(String table, List<String> columns, RowBinary rows, OffsetRange range) {
        if (rows.size() > 0) {
            database.insert(table, columns, rows::writeTo, range.token());
        }
    }
}
