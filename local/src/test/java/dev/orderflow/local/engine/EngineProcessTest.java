package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.data.ClickHouseFormat;
import dev.orderflow.local.process.ChildStartException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The embedded engine as a process: how it starts, ends, dies and comes back. */
@DisabledIfEnvironmentVariable(
        named = ClickHouseUnderTest.URL_VARIABLE,
        matches = ".+",
        disabledReason = "CLICKHOUSE_URL names a genuine server, which is not this test's to start and to kill")
class EngineProcessTest {

    private static final int BATCH = 200;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void shouldServeAndStop() throws Exception {
        EngineProcess engine = ClickHouseUnderTest.embedded(directory);
        assertThat(get(engine.url().resolve("/ping")).body()).isEqualTo("Ok.\n");
        assertThat(engine.isAlive()).isTrue();
        long start = System.nanoTime();
        engine.close();
        assertThat(engine.isAlive()).isFalse();
        assertThat(engine.onExit()).succeedsWithin(Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void shouldStopWhileAStatementRuns() throws Exception {
        EngineProcess engine = ClickHouseUnderTest.embedded(directory);
        Future<?> running = http.sendAsync(
                post(engine.url(), "SELECT sleepEachRow(1) FROM numbers(60) SETTINGS max_block_size = 1"),
                HttpResponse.BodyHandlers.ofString());
        awaitRows(engine.url(), "SELECT count() FROM system.processes WHERE query LIKE '%sleepEachRow%'", 2);
        engine.close();
        assertThat(engine.isAlive()).isFalse();
        assertThatThrownBy(() -> running.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        ClickHouseUnderTest.embedded(directory).close();
    }

    @Test
    void shouldSayWhoUsesTheDirectory() throws Exception {
        try (EngineProcess engine = ClickHouseUnderTest.embedded(directory)) {
            assertThatThrownBy(() -> ClickHouseUnderTest.embedded(directory))
                    .isInstanceOf(ChildStartException.class)
                    .hasMessageContaining("in use by process " + engine.pid());
            assertThat(engine.isAlive()).isTrue();
        }
    }

    @Test
    void shouldSayThatALibraryIsNone() throws Exception {
        Path none = directory.resolve("libchdb.so");
        assertThatThrownBy(
                        () -> EngineProcess.start(none, directory.resolve("data"), 0, directory.resolve("engine.log")))
                .isInstanceOf(ChildStartException.class)
                .hasMessageContaining(none.toString());
    }

    @Test
    void shouldRefuseWritesByGetAndRequestsOfWebPages() throws Exception {
        try (EngineProcess engine = ClickHouseUnderTest.embedded(directory)) {
            HttpResponse<String> read = get(engine.url().resolve("/?query=SELECT%201"));
            assertThat(read.body()).isEqualTo("1\n");
            HttpResponse<String> write = get(engine.url().resolve("/?query=CREATE%20DATABASE%20d"));
            assertThat(write.statusCode()).isEqualTo(500);
            assertThat(write.headers().firstValue("X-ClickHouse-Exception-Code"))
                    .contains("164");
            HttpRequest page = HttpRequest.newBuilder(engine.url().resolve("/"))
                    .header("Origin", "http://example.org")
                    .POST(HttpRequest.BodyPublishers.ofString("SELECT 1"))
                    .build();
            assertThat(http.send(page, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void shouldRunStatementsSideBySide() throws Exception {
        try (EngineProcess engine = ClickHouseUnderTest.embedded(directory);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() ->
                        http.send(post(engine.url(), "SELECT sleep(1.5)"), HttpResponse.BodyHandlers.ofString())));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("0\n");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void shouldWriteNothingOfAnInsertWhoseClientGoesAway() throws Exception {
        try (EngineProcess engine = ClickHouseUnderTest.embedded(directory)) {
            send(engine.url(), "CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a");
            try (Socket socket =
                    new Socket(InetAddress.ofLiteral("127.0.0.1"), engine.url().getPort())) {
                OutputStream out = socket.getOutputStream();
                String request = """
                        POST /?query=INSERT+INTO+t+FORMAT+TSV HTTP/1.1
                        Host: localhost
                        Content-Length: 1000

                        1
                        2
                        """;
                out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            send(engine.url(), "INSERT INTO t VALUES (7)");
            awaitRows(engine.url(), "SELECT count() FROM system.processes WHERE query LIKE 'INSERT%'", 0);
            assertThat(send(engine.url(), "SELECT groupArray(a) FROM t")).isEqualTo("[7]\n");
        }
    }

    /** Six kills at moments that nobody chose: what was acknowledged is there, and no batch is there in part. */
    @Test
    void shouldKeepEveryAcknowledgedBatchOverKills() throws Exception {
        Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
        for (int round = 0; round < 6; round++) {
            try (EngineProcess engine = ClickHouseUnderTest.embedded(directory)) {
                send(
                        engine.url(),
                        "CREATE TABLE IF NOT EXISTS t (batch UInt32, row UInt32) ENGINE = MergeTree"
                                + " ORDER BY (batch, row)");
                insertUntilKilled(engine, round, acknowledged);
            }
        }
        try (EngineProcess engine = ClickHouseUnderTest.embedded(directory)) {
            Map<Integer, Integer> found = new TreeMap<>();
            send(engine.url(), "SELECT batch, count() FROM t GROUP BY batch")
                    .lines()
                    .forEach(line -> {
                        String[] columns = line.split("\t", -1);
                        found.put(Integer.parseInt(columns[0]), Integer.parseInt(columns[1]));
                    });
            assertThat(acknowledged).hasSizeGreaterThan(60);
            assertThat(found.keySet()).containsAll(acknowledged);
            assertThat(found.values()).as("rows of each batch").containsOnly(BATCH);
        }
    }

    private static void insertUntilKilled(EngineProcess engine, int round, Set<Integer> acknowledged)
            throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(10 + round);
        Thread writer = Thread.ofVirtual().start(() -> {
            try (Client client = ClickHouseUnderTest.client(engine.url(), "default")) {
                for (int batch = round * 10_000; engine.isAlive(); batch++) {
                    client.insert("t", new ByteArrayInputStream(rows(batch)), ClickHouseFormat.TabSeparated)
                            .get(10, TimeUnit.SECONDS)
                            .close();
                    acknowledged.add(batch);
                    enough.countDown();
                }
            } catch (Exception killed) {
                // The batch that was under way may be there or not: it was not acknowledged.
            }
        });
        assertThat(enough.await(30, TimeUnit.SECONDS))
                .as("batches acknowledged")
                .isTrue();
        engine.kill();
        assertThat(writer.join(Duration.ofSeconds(30))).isTrue();
    }

    private static byte[] rows(int batch) {
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < BATCH; row++) {
            rows.append(batch).append('\t').append(row).append('\n');
        }
        return rows.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void awaitRows(URI url, String statement, long expected) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String seen = send(url, statement);
        while (!seen.equals(expected + "\n") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            seen = send(url, statement);
        }
        assertThat(seen).as(statement).isEqualTo(expected + "\n");
    }

    private String send(URI url, String statement) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(post(url, statement), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest post(URI url, String statement) {
        return HttpRequest.newBuilder(url.resolve("/"))
                .POST(HttpRequest.BodyPublishers.ofString(statement))
                .build();
    }
}
