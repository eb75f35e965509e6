package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that the stack leaves out, and that somebody else runs as the stack says. */
class LeftOutServiceTest {

    private static final String ORDER = """
            {"orderId":"left-out-1","userId":"u1","currency":"EUR","stockLocation":"berlin",
             "items":[{"productId":"travel-cup-white","quantity":1,"price":999}],"paymentMethodId":"pm_1"}
            """;

    @TempDir
    private Path data;

    @Test
    void shouldFinishTheOrderThatWaitsForIt() {
        try (Stack stack = Stack.up(
                data, "--without", "payment,notification,loyalty,analytics", "--set", "payment.deadline=10m")) {
            Stack.Answer placed = stack.post("/orders", ORDER, "Prefer", "wait=1");
            assertThat(placed.status()).as("nobody charges it").isEqualTo(202);

            String start = stack.said().stream()
                    .filter(line -> line.contains("./orderflow service payment"))
                    .findFirst()
                    .orElseThrow();
            Process payment = Stack.shell(start);
            try {
                Eventually.within(Duration.ofMinutes(2), () -> {
                    assertThat(stack.get("/orders/left-out-1")
                                    .json()
                                    .path("outcome")
                                    .asText())
                            .isEqualTo("confirmed");
                    assertThat(stack.get("/audit").status())
                            .as("what payment serves, by way of the API")
                            .isEqualTo(200);
                });
            } finally {
                Stack.killTree(payment);
            }
        }
    }

    @Test
    void shouldSayWhichServicesThereAre() {
        Stack.Finished refused = Stack.run("up", "--port", "0", "--data", data.toString(), "--without", "paymnet");

        assertThat(refused.status()).isNotZero();
        assertThat(refused.output()).contains("'paymnet'", "payment");
    }
}
