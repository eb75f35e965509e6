package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each service as a process of its own, and each of them killed once. */
final class SeparateProcessesTest {

    private static final Pattern PART = Pattern.compile("^\\s+(\\w+)\\s+[\\d.,]+ s .*process (\\d+)$");

    @TempDir
    Path data;

    @Test
    void shouldConfirmOrdersThoughEachProcessIsKilledOnce() {
        try (Stack stack = Stack.up(data, "--separate", "--demo", "--set", "dispatch.duration=0s")) {
            confirm(stack, "before");
            for (String part :
                    List.of("inventory", "payment", "broker", "registry", "clickhouse", "analytics", "order")) {
                ProcessHandle process = ProcessHandle.of(pid(stack, part)).orElseThrow();
                crash(stack, part, process);
                confirm(stack, "after-" + part);
            }
            Eventually.within(
                    Duration.ofSeconds(60),
                    () -> assertThat(stack.get("/v0/pipes/revenue_dashboard.json?currency=EUR")
                                    .json()
                                    .at("/data/0/order_count")
                                    .asInt())
                            .isEqualTo(8));
        }
    }

    private static void crash(Stack stack, String part, ProcessHandle process) {
        Stack.Answer answer = stack.post("/demo/crash/" + part, "");
        assertThat(answer.status()).as(part + ": " + answer.json()).isEqualTo(202);
        assertThat(answer.json().path("process").asLong()).isEqualTo(process.pid());
        Eventually.within(
                Duration.ofSeconds(20),
                () -> assertThat(process.isAlive()).as(part + " lives").isFalse());
    }

    private static void confirm(Stack stack, String id) {
        String order =
                "{\"orderId\":\"" + id + "\",\"userId\":\"u1\",\"currency\":\"EUR\",\"stockLocation\":\"berlin\","
                        + "\"items\":[{\"productId\":\"mug-blue\",\"quantity\":1,\"price\":1250}],\"paymentMethodId\":\"pm_u1\"}";
        Eventually.within(Duration.ofSeconds(60), () -> {
            Stack.Answer answer = stack.post("/orders", order, "Prefer", "wait=5");
            assertThat(answer.json().path("outcome").asText())
                    .as("outcome of " + id + ": HTTP " + answer.status() + " " + answer.json())
                    .isEqualTo("confirmed");
        });
    }

    private static long pid(Stack stack, String part) {
        return stack.said().stream()
                .map(PART::matcher)
                .filter(Matcher::find)
                .filter(found -> found.group(1).equals(part))
                .map(found -> Long.parseLong(found.group(2)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No process of " + part + " in " + stack.said()));
    }
}
