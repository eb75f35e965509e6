package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of all kinds on the whole product, and then what another saga would have done with them. */
class RehearsalTest {

    private static final int ORDERS = 150;
    private static final Pattern REGISTRY = Pattern.compile("registry .*(http://\\S+/ccompat/v7)");

    @TempDir
    private Path data;

    @Test
    void shouldFindNothingWithTheSameSettingsAndAnotherTaxInAllOrders() throws IOException {
        Path orders = data.resolve("orders.ndjson");
        List<String> lines = Files.readAllLines(Stack.HOME.resolve("examples/orders.ndjson"));
        Files.write(orders, lines.subList(0, ORDERS));
        try (Stack stack = Stack.up(data.resolve("stack"), "--set", "dispatch.duration=1s")) {
            assertThat(Stack.run("order", orders.toString(), "--url", stack.address(), "--parallel", "16")
                            .output())
                    .contains("confirmed");
            askForRefunds(stack, orders);

            assertThat(rehearse(stack, "dispatch.duration=1s")).satisfies(same -> {
                assertThat(same.output()).contains("This build sends what was recorded.");
                assertThat(same.status()).isZero();
            });
            assertThat(rehearse(stack, "dispatch.duration=1s", "order.tax-basis-points=900"))
                    .satisfies(other -> {
                        assertThat(other.output()).contains("totals.taxBasisPoints", "800 -> 900");
                        assertThat(other.status()).isOne();
                    });
        }
    }

    private static void askForRefunds(Stack stack, Path orders) throws IOException {
        List<String> completed = new ArrayList<>();
        for (String line : Files.readAllLines(orders)) {
            JsonNode order = new ObjectMapper().readTree(line);
            if (order.path("expect").asText().equals("confirmed") && completed.size() < 5) {
                completed.add(order.path("orderId").asText());
            }
        }
        for (String id : completed) {
            Eventually.within(
                    Duration.ofMinutes(1),
                    () -> assertThat(stack.post("/orders/" + id + "/refund", "{\"reason\":\"broken\"}")
                                    .status())
                            .as("the refund of %s", id)
                            .isEqualTo(202));
            Eventually.within(
                    Duration.ofMinutes(1),
                    () -> assertThat(stack.get("/orders/" + id)
                                    .json()
                                    .path("status")
                                    .asText())
                            .isEqualTo("refunded"));
        }
    }

    private static Stack.Finished rehearse(Stack stack, String... settings) {
        String registry = stack.said().stream()
                .map(REGISTRY::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        List<String> words =
                new ArrayList<>(List.of("rehearse", "--bootstrap", stack.bootstrap(), "--registry", registry));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        return Stack.run(words.toArray(String[]::new));
    }
}
