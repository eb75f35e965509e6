package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crash button where everything but the servers of others is one process. */
final class CrashButtonTest {

    @TempDir
    Path data;

    @Test
    void shouldKillThePartThatIsNamed() {
        try (Stack stack = Stack.up(data, "--demo")) {
            Stack.Answer unknown = stack.post("/demo/crash/warehouse", "");
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.json().path("detail").asText()).contains("payment", "broker", "clickhouse");

            Stack.Answer clickhouse = stack.post("/demo/crash/clickhouse", "");
            assertThat(clickhouse.status()).isEqualTo(202);
            assertThat(clickhouse.json().path("process").asLong()).isNotEqualTo(stack.pid());
            Eventually.within(
                    Duration.ofSeconds(60),
                    () -> assertThat(stack.get("/v0/pipes/revenue_dashboard.json")
                                    .status())
                            .isEqualTo(200));

            Stack.Answer payment = stack.post("/demo/crash/payment", "");
            assertThat(payment.json().path("process").asLong()).isEqualTo(stack.pid());
            ProcessHandle process = ProcessHandle.of(stack.pid()).orElse(null);
            Eventually.within(
                    Duration.ofSeconds(20),
                    () -> assertThat(process == null || !process.isAlive()).isTrue());
        }
    }
}
