package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application does with ClickHouse through the official client: the same against engine and server. */
class ClickHouseInterfaceTest {

    private static final String DATABASE =
            "orderflow_test_" + ProcessHandle.current().pid();
    private static final ZonedDateTime NOON = ZonedDateTime.of(2026, 11, 20, 12, 0, 0, 123_000_000, ZoneOffset.UTC);

    @TempDir
    static Path directory;

    private static ClickHouseUnderTest clickHouse;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        clickHouse = ClickHouseUnderTest.start(directory);
        try (Client admin = clickHouse.client("default")) {
            run(admin, "CREATE DATABASE " + DATABASE);
        }
        client = clickHouse.client(DATABASE);
    }

    @AfterAll
    static void stop() throws Exception {
        run(client, "DROP DATABASE " + DATABASE);
        client.close();
        clickHouse.close();
    }

    @BeforeEach
    void table() throws Exception {
        run(client, "DROP TABLE IF EXISTS sales SYNC");
        run(client, """
                CREATE TABLE sales (
                    orderId String, kind LowCardinality(String), totalMinor Int64, price Decimal(18, 2),
                    at DateTime64(3, 'UTC'), note Nullable(String))
                ENGINE = ReplacingMergeTree ORDER BY (toStartOfHour(at), orderId, kind)
                SETTINGS non_replicated_deduplication_window = 100""");
        client.register(Sale.class, client.getTableSchema("sales"));
    }

    @Test
    void shouldAnswerAPing() {
        assertThat(client.ping()).isTrue();
    }

    @Test
    void shouldTellItsVersion() {
        client.loadServerInfo();
        assertThat(client.getServerVersion()).matches("\\d+\\.\\d+\\..*");
    }

    @Test
    void shouldInsertObjectsAndReadThemBack() throws Exception {
        Sale first = new Sale("o-1", "sale", 2_999, new BigDecimal("29.99"), NOON, null);
        Sale second = new Sale("o-2", "refund", -1, new BigDecimal("-0.01"), NOON, "naïve 'note'\t\\ \n");
        assertThat(insert(List.of(first, second)).getWrittenRows()).isEqualTo(2);

        List<GenericRecord> rows = client.queryAll("SELECT * FROM sales ORDER BY orderId");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).getString("orderId")).isEqualTo("o-1");
        assertThat(rows.get(0).getLong("totalMinor")).isEqualTo(2_999);
        assertThat(rows.get(0).getBigDecimal("price")).isEqualByComparingTo("29.99");
        assertThat(rows.get(0).getZonedDateTime("at").toInstant()).isEqualTo(NOON.toInstant());
        assertThat(rows.get(0).hasValue("note")).isFalse();
        assertThat(rows.get(1).getString("note")).isEqualTo("naïve 'note'\t\\ \n");
    }

    @Test
    void shouldInsertJsonLines() throws Exception {
        String lines = """
                {"orderId":"o-1","kind":"sale","totalMinor":100,"price":1.00,"at":"2026-11-20 12:00:00.000"}
                {"orderId":"o-2","kind":"sale","totalMinor":250,"price":2.50,"at":"2026-11-20 12:00:01.000","note":"n"}
                """;
        assertThat(insert(lines, ClickHouseFormat.JSONEachRow).getWrittenRows()).isEqualTo(2);
        assertThat(number("SELECT sum(totalMinor) FROM sales")).isEqualTo(350);
    }

    @Test
    void shouldInsertBinaryRowsOfAnyBytes() throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int i = 0; i < 256; i++) {
            // A String is its length and its bytes; the number is little-endian.
            rows.write(3);
            rows.write(new byte[] {(byte) i, '\n', (byte) (255 - i)});
            rows.write(new byte[] {(byte) i, 0, 0, 0, 0, 0, 0, 0});
        }
        run(client, "DROP TABLE IF EXISTS raw SYNC");
        run(client, "CREATE TABLE raw (text String, number UInt64) ENGINE = MergeTree ORDER BY number");
        try (InsertResponse response = client.insert(
                        "raw", new ByteArrayInputStream(rows.toByteArray()), ClickHouseFormat.RowBinary)
                .get(10, TimeUnit.SECONDS)) {
            assertThat(response.getWrittenRows()).isEqualTo(256);
        }
        assertThat(number("SELECT count() FROM raw WHERE reinterpretAsUInt8(substring(text, 1, 1)) = number"
                        + " AND reinterpretAsUInt8(substring(text, 3, 1)) = 255 - number AND length(text) = 3"))
                .isEqualTo(256);
    }

    @Test
    void shouldInsertMoreThanOneBufferOfRows() throws Exception {
        int rows = 50_000;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            lines.append("o-").append(i).append("\tsale\t").append(i).append("\t1.00\t2026-11-20 12:00:00.000\t\\N\n");
        }
        assertThat(insert(lines.toString(), ClickHouseFormat.TabSeparated).getWrittenRows())
                .isEqualTo(rows);
        assertThat(number("SELECT sum(totalMinor) FROM sales")).isEqualTo(rows * (rows - 1L) / 2);
        assertThat(client.queryAll("SELECT orderId FROM sales")).hasSize(rows);
    }

    @Test
    void shouldCountAnOrderOnceHoweverOftenItIsInserted() throws Exception {
        for (long total : new long[] {100, 100, 200}) {
            insert(List.of(new Sale("o-1", "sale", total, BigDecimal.ONE, NOON, null)));
        }
        insert(List.of(new Sale("o-1", "refund", -200, BigDecimal.ONE, NOON, null)));
        assertThat(number("SELECT count() FROM sales FINAL")).isEqualTo(2);
        assertThat(number("SELECT sum(totalMinor) FROM sales FINAL WHERE kind = 'sale'"))
                .isEqualTo(200);
    }

    @Test
    void shouldApplyTheDeduplicationTokenOfAnInsert() throws Exception {
        InsertSettings token = new InsertSettings().setDeduplicationToken("order.completed-0:10-19");
        for (int attempt = 0; attempt < 2; attempt++) {
            Sale sale = new Sale("o-" + attempt, "sale", 1, BigDecimal.ONE, NOON, null);
            client.insert("sales", List.of(sale), token)
                    .get(10, TimeUnit.SECONDS)
                    .close();
        }
        assertThat(number("SELECT count() FROM sales")).isEqualTo(1);
    }

    @Test
    void shouldBindTypedParameters() throws Exception {
        String awkward = "it's \\ a\ttab\nand {x:String}";
        GenericRecord row = client.queryAll(
                        "SELECT {text:String} AS text, {n:Int64} + 1 AS n, {list:Array(String)} AS list",
                        Map.of("text", awkward, "n", -5L, "list", List.of("a", "b'c")))
                .getFirst();
        assertThat(row.getString("text")).isEqualTo(awkward);
        assertThat(row.getLong("n")).isEqualTo(-4);
        assertThat(row.getList("list")).containsExactly("a", "b'c");
    }

    @Test
    void shouldApplyTheSettingsOfOneQueryToItAlone() throws Exception {
        String setting = "SELECT getSetting('max_block_size') AS n";
        QuerySettings settings = new QuerySettings().serverSetting("max_block_size", "1234");
        assertThat(client.queryAll(setting, settings).getFirst().getLong("n")).isEqualTo(1_234);
        assertThat(client.queryAll(setting).getFirst().getLong("n")).isNotEqualTo(1_234);
    }

    @Test
    void shouldForgetWhatAStatementSets() throws Exception {
        run(client, "SET max_block_size = 4321");
        run(client, "USE system");
        assertThat(number("SELECT getSetting('max_block_size')")).isNotEqualTo(4_321);
        assertThat(client.queryAll("SELECT currentDatabase() AS d").getFirst().getString("d"))
                .isEqualTo(DATABASE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadBinaryRowsCompressedAndPlain(boolean compressed) throws Exception {
        try (Client other = new Client.Builder()
                .addEndpoint(clickHouse.url().toString())
                .setUsername("default")
                .setPassword("")
                .compressServerResponse(compressed)
                .build()) {
            QueryResponse response = other.query("SELECT number, toString(number) AS s FROM numbers(100000)")
                    .get(10, TimeUnit.SECONDS);
            ClickHouseBinaryFormatReader reader = other.newBinaryFormatReader(response);
            long rows = 0;
            while (reader.next() != null) {
                assertThat(reader.getString("s")).isEqualTo(Long.toString(rows));
                rows++;
            }
            assertThat(rows).isEqualTo(100_000);
            assertThat(response.getReadRows()).isEqualTo(100_000);
            response.close();
        }
    }

    @Test
    void shouldReturnTextInTheFormatThatIsAskedFor() throws Exception {
        QuerySettings json = new QuerySettings().setFormat(ClickHouseFormat.JSONEachRow);
        QueryResponse response = client.query("SELECT 1 AS a, 'x' AS b", json).get(10, TimeUnit.SECONDS);
        try (InputStream body = response.getInputStream()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1,\"b\":\"x\"}\n");
        }
        response.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM nowhere | 60 | 404",
                "SELEC 1 | 62 | 400",
                "SELECT 1; SELECT 2 | 62 | 400",
                "SELECT nothing FROM sales | 47 | 404",
                "SELECT throwIf(1) | 395 | 500",
                "CREATE TABLE sales (a Int8) ENGINE = Memory | 57 | 500",
                "SELECT 1 SETTINGS no_such_setting = 1 | 115 | 404",
                "INSERT INTO nowhere VALUES (1) | 60 | 404",
                "INSERT INTO sales (totalMinor) VALUES ('x') | 6 | 400"
            })
    void shouldReportErrorsWithTheirCodes(String statement, int code, int status) {
        assertThatThrownBy(() -> run(client, statement)).satisfies(thrown -> {
            ServerException refused = refused(thrown);
            assertThat(refused.getCode()).as(refused.getMessage()).isEqualTo(code);
            assertThat(refused.getTransportProtocolCode())
                    .as(refused.getMessage())
                    .isEqualTo(status);
        });
    }

    @Test
    void shouldWriteNothingOfABatchWithARowThatCannotBeRead() throws Exception {
        String lines = """
                {"orderId":"o-1","kind":"sale","totalMinor":1,"price":1,"at":"2026-11-20 12:00:00.000"}
                {"orderId":"o-2","kind":"sale","totalMinor":"many","price":1,"at":"2026-11-20 12:00:00.000"}
                """;
        assertThatThrownBy(() -> insert(lines, ClickHouseFormat.JSONEachRow))
                .satisfies(thrown -> assertThat(refused(thrown).getCode()).isIn(26, 27, 72, 117));
        assertThat(number("SELECT count() FROM sales")).isZero();
    }

    @Test
    void shouldSumHourlyRevenueOfManyOrders() throws Exception {
        run(client, """
                INSERT INTO sales SELECT concat('o-', number % 100000), 'sale', number % 100000, 1,
                    toDateTime64('2026-11-20 00:00:00', 3, 'UTC') + (number % 100000) % 86400, NULL
                FROM numbers(200000)""");
        List<GenericRecord> hours = client.queryAll("""
                SELECT toStartOfHour(at) AS hour, count() AS orders, sum(totalMinor) AS revenue
                FROM sales FINAL GROUP BY hour ORDER BY hour""");
        assertThat(hours).hasSize(24);
        assertThat(hours.stream().mapToLong(hour -> hour.getLong("orders")).sum())
                .isEqualTo(100_000);
    }

    private static InsertResponse insert(List<Sale> sales) throws Exception {
        try (InsertResponse response = client.insert("sales", sales).get(10, TimeUnit.SECONDS)) {
            return response;
        }
    }

    private static InsertResponse insert(String rows, ClickHouseFormat format) throws Exception {
        InputStream bytes = new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
        try (InsertResponse response = client.insert("sales", bytes, format).get(30, TimeUnit.SECONDS)) {
            return response;
        }
    }

    private static long number(String statement) {
        return client.queryAll(statement).getFirst().getLong(1);
    }

    private static void run(Client with, String statement) throws Exception {
        with.execute(statement).get(30, TimeUnit.SECONDS).close();
    }

    private static ServerException refused(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof ExecutionException || !(cause instanceof ServerException))
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertThat(cause).isInstanceOf(ServerException.class);
        return (ServerException) cause;
    }
}
