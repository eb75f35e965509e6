package dev.orderflow.durable.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void shouldTellWhatIsWrong() {
        assertThat(json(Problem.of(HttpStatus.CONFLICT, "Order 7 has been dispatched")))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                        + "\"detail\":\"Order 7 has been dispatched\"}");
    }

    @Test
    void shouldListEveryFault() {
        Problem problem = new Problem(
                400,
                "Invalid order",
                "2 faults",
                List.of(
                        new Problem.Fault("items[0].price", "29.99", "use minor units"),
                        new Problem.Fault("currency", "\"<x>\"", "use ISO 4217")));

        assertThat(json(problem))
                .endsWith(
                        "\"errors\":[{\"field\":\"items[0].price\",\"value\":\"29.99\",\"message\":\"use minor units\"},"
                                + "{\"field\":\"currency\",\"value\":\"\\\"<x>\\\"\",\"message\":\"use ISO 4217\"}]}");
    }

    @Test
    void shouldTellOfTextWithHalfACharacterInIt() {
        Problem problem =
                new Problem(400, "Invalid order", "ü", List.of(new Problem.Fault("userId", "cut \ud83d", "too long")));

        assertThat(json(problem)).contains("\"detail\":\"ü\"").contains("\"value\":\"cut ?\"");
    }

    @Test
    void shouldBeAResponse() {
        var response = Problem.of(HttpStatus.NOT_FOUND, "no order 7").toResponse();

        assertThat(response.code()).isEqualTo(404);
        assertThat(response.getContentType()).contains(Problem.MEDIA_TYPE);
    }

    private static String json(Problem problem) {
        return new String(problem.toJson(), StandardCharsets.UTF_8);
    }
}
