package dev.orderflow.local.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.query.GenericRecord;
import dev.orderflow.analytics.batch.Fact;
import dev.orderflow.analytics.batch.OffsetRange;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.batch.RevenueEntry.Kind;
import dev.orderflow.analytics.clickhouse.ClickHouse;
import dev.orderflow.analytics.clickhouse.ClickHouseRevenueStore;
import dev.orderflow.analytics.clickhouse.ClickHouseSettings;
import dev.orderflow.durable.RetriableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClickHouseRevenueStoreTest extends DatabaseTest {

    private static final Partition SALES = new Partition("order.completed", 0);
    private static final Partition REFUNDS = new Partition("order.refunded", 0);
    private static final Instant TIME = Instant.parse("2026-03-01T10:59:59.999Z");

    @Test
    void shouldKeepEveryColumnOfAnEntry() {
        store.store(range(SALES, 7, 7), List.of(sale("Bestellung-ä", 7, 5998)));

        GenericRecord row = database.rows(
                        "SELECT *, toUnixTimestamp(hour) AS hour_s, toUnixTimestamp64Milli(event_time) AS ms,"
                                + " toString(kind) AS kind_name FROM revenue_entries",
                        Map.of())
                .getFirst();
        assertThat(row.getString("order_id")).isEqualTo("Bestellung-ä");
        assertThat(row.getString("customer")).isEqualTo("c-1");
        assertThat(row.getString("kind_name")).isEqualTo("sale");
        assertThat(row.getLong("total_minor")).isEqualTo(5998);
        assertThat(row.getString("currency")).isEqualTo("EUR");
        assertThat(row.getInteger("digits")).isEqualTo(2);
        assertThat(row.getLong("item_count")).isEqualTo(3);
        assertThat(row.getLong("ms")).isEqualTo(TIME.toEpochMilli());
        assertThat(row.getLong("hour_s"))
                .isEqualTo(Instant.parse("2026-03-01T10:00:00Z").getEpochSecond());
        assertThat(row.getString("topic")).isEqualTo("order.completed");
        assertThat(row.getLong("partition")).isZero();
        assertThat(row.getLong("offset")).isEqualTo(7);
    }

    @Test
    void shouldCountARangeOnceHoweverOftenItIsStored() {
        List<Fact> entries = List.of(sale("o-1", 0, 100), sale("o-2", 1, 200));
        store.store(range(SALES, 0, 1), entries);
        store.store(range(SALES, 0, 1), entries);
        // As after a crash before the position was written: the same records, cut in another way.
        store.store(range(SALES, 0, 0), entries.subList(0, 1));
        store.store(range(SALES, 1, 5), entries.subList(1, 2));

        assertThat(total()).isEqualTo(300);
        assertThat(database.rows("SELECT count() AS n FROM revenue_entries FINAL", Map.of())
                        .getFirst()
                        .getLong("n"))
                .isEqualTo(2);
    }

    @Test
    void shouldRecogniseARangeByItsToken() {
        store.store(range(SALES, 0, 0), List.of(sale("o-1", 0, 100)));
        store.store(range(SALES, 0, 0), List.of(sale("o-1", 0, 100)));

        assertThat(database.rows("SELECT count() AS n FROM revenue_entries", Map.of())
                        .getFirst()
                        .getLong("n"))
                .isEqualTo(1);
    }

    @Test
    void shouldTakeRefundsOff() {
        store.store(range(SALES, 0, 0), List.of(sale("o-1", 0, 100)));
        store.store(
                range(REFUNDS, 0, 0),
                List.of(new RevenueEntry("o-1", "c-1", Kind.REFUND, -100, "EUR", 2, 3, TIME, REFUNDS, 0, List.of())));

        assertThat(total()).isZero();
    }

    @Test
    void shouldRememberPositionsThatNeverGoBack() {
        assertThat(store.positions(Set.of(SALES, REFUNDS))).isEmpty();

        store.advance(List.of(range(SALES, 0, 9), range(REFUNDS, 0, 4)));
        store.advance(List.of(range(SALES, 10, 19)));
        store.advance(List.of(range(SALES, 0, 9)));

        assertThat(store.positions(Set.of(SALES, REFUNDS)))
                .containsExactly(Map.entry(SALES, 20L), Map.entry(REFUNDS, 5L));
        assertThat(store.positions(Set.of(REFUNDS))).containsExactly(Map.entry(REFUNDS, 5L));
    }

    @Test
    void shouldPrepareAsOftenAsItIsAsked() {
        store.advance(List.of(range(SALES, 0, 9)));
        store.prepare();
        new ClickHouseRevenueStore(database).prepare();

        assertThat(store.positions(Set.of(SALES))).containsExactly(Map.entry(SALES, 10L));
        assertThat(database.rows("SELECT version FROM schema_version FINAL ORDER BY version", Map.of()))
                .extracting(row -> row.getLong("version"))
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldNotMigrateWhileSomebodyElseDoes() {
        database.execute("TRUNCATE TABLE schema_version");
        database.execute("CREATE TABLE migration_lock (held UInt8) ENGINE = Memory");

        assertThatThrownBy(store::prepare)
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("Somebody else has been migrating");

        database.execute("DROP TABLE migration_lock");
        store.prepare();
    }

    @Test
    void shouldRefuseAMigrationThatWasChanged() {
        database.execute("INSERT INTO schema_version (version, name, checksum) VALUES (1, 'other', 'other')");

        assertThatThrownBy(store::prepare).hasMessageContaining("0001_revenue_entries");
    }

    @Test
    void shouldStoreALargeBatch() {
        List<Fact> entries = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            entries.add(sale("o-" + i, i, i));
        }
        store.store(range(SALES, 0, 99_999), entries);

        assertThat(total()).isEqualTo(100_000L * 99_999 / 2);
    }

    @Test
    void shouldSayThatItCannotBeReached() {
        try (ClickHouse nobody = new ClickHouse(
                new ClickHouseSettings("http://127.0.0.1:1", "orderflow", "default", "", Duration.ofSeconds(5)))) {
            assertThatThrownBy(() -> nobody.rows("SELECT 1", Map.of()))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("http://127.0.0.1:1");
            assertThatThrownBy(() -> new ClickHouseRevenueStore(nobody).prepare())
                    .isInstanceOf(RetriableException.class);
        }
    }

    private long total() {
        return database.rows("SELECT sum(total_minor) AS total FROM revenue_entries FINAL", Map.of())
                .getFirst()
                .getLong("total");
    }

    private static RevenueEntry sale(String orderId, long offset, long total) {
        return new RevenueEntry(orderId, "c-1", Kind.SALE, total, "EUR", 2, 3, TIME, SALES, offset, List.of());
    }

    private static OffsetRange range(Partition partition, long first, long last) {
        return new OffsetRange(partition, first, last);
    }
}
