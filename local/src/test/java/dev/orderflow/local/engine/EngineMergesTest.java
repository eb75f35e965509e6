package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Whether the embedded engine merges as seldom as it is told to: it passes over a setting that it does not understand. */
@DisabledIfEnvironmentVariable(
        named = ClickHouseUnderTest.URL_VARIABLE,
        matches = ".+",
        disabledReason = "CLICKHOUSE_URL names a genuine server, whose merges are its own affair")
class EngineMergesTest {

    @Test
    void shouldMergeFifteenPartsOfASizeAndNotFive(@TempDir Path directory) throws Exception {
        try (EngineProcess engine = ClickHouseUnderTest.embedded(directory);
                HttpClient http = HttpClient.newHttpClient()) {
            String base = http.send(
                            HttpRequest.newBuilder(engine.url())
                                    .POST(BodyPublishers.ofString("SELECT value, changed"
                                            + " FROM system.merge_tree_settings WHERE name = 'merge_selector_base'"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();

            assertThat(base).isEqualTo("15\t1\n");
        }
    }
}
