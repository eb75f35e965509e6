package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.local.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Whether the embedded engine forgets what large statements took: else it refuses all later ones until its next start. */
@DisabledIfEnvironmentVariable(
        named = ClickHouseUnderTest.URL_VARIABLE,
        matches = ".+",
        disabledReason = "CLICKHOUSE_URL names a genuine server, whose memory is its own affair")
class EngineMemoryTest {

    private static final long LARGEST_AT_REST = EngineArguments.DEFAULT_MEMORY / 2;

    /** Longer than the engine's pause between two looks at what is resident. */
    private static final Duration LOAD = Duration.ofSeconds(7);

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String TABLE =
            "CREATE TABLE t (a UInt64, b String, c String, d Array(String)) ENGINE = MergeTree ORDER BY b";
    private static final String MILLION = "INSERT INTO t SELECT number, hex(cityHash64(number)),"
            + " repeat(toString(number), 8), ['mug-blue', 'cup-red'] FROM numbers(1000000)";
    private static final String USED = "SELECT value FROM system.metrics WHERE metric = 'MemoryTracking'";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void shouldForgetWhatAMillionRowsInOneStatementTook() throws Exception {
        long start = System.nanoTime();
        try (EngineProcess engine = ClickHouseUnderTest.embedded(directory)) {
            assertThat(send(engine.url(), TABLE).statusCode()).isEqualTo(200);
            HttpResponse<String> first = send(engine.url(), MILLION);
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            while (System.nanoTime() - start < LOAD.toNanos()) {
                // Beyond its limit it may refuse one: that is what the limit is for.
                send(engine.url(), MILLION);
            }

            AtomicReference<String> seen = new AtomicReference<>("no answer");
            Await.until(
                    "the engine to forget",
                    PATIENCE,
                    () -> {
                        HttpResponse<String> used = send(engine.url(), USED);
                        seen.set(used.body());
                        return used.statusCode() == 200
                                && Long.parseLong(used.body().strip()) < LARGEST_AT_REST;
                    },
                    seen::get);
            assertThat(send(engine.url(), "SELECT count() > 0 FROM t WHERE NOT ignore(b, d)")
                            .body())
                    .isEqualTo("1\n");
        }
    }

    private HttpResponse<String> send(URI url, String statement) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(url)
                        .POST(BodyPublishers.ofString(statement))
                        .build(),
                BodyHandlers.ofString());
    }
}
