package dev.orderflow.loyalty.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.schemas.Pseudonym;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoyaltyControllerTest {

    @Test
    void shouldTellBalanceAndEntries() {
        byte[] body = LoyaltyController.json(
                "u-1",
                List.of(
                        new LedgerTable.Line("o-1", false, -29, 0, 1_772_366_401_000L),
                        new LedgerTable.Line("o-1", true, 29, 29, 1_772_366_400_000L)));
        assertThat(new String(body, UTF_8))
                .isEqualTo("{\"userId\":\"u-1\",\"balance\":0,\"entries\":["
                        + "{\"orderId\":\"o-1\",\"kind\":\"taken_back\",\"points\":-29,\"balance\":0,"
                        + "\"at\":\"2026-03-01T12:00:01Z\"},"
                        + "{\"orderId\":\"o-1\",\"kind\":\"earned\",\"points\":29,\"balance\":29,"
                        + "\"at\":\"2026-03-01T12:00:00Z\"}]}");
    }

    @Test
    void shouldTellThatThereAreNoPoints() {
        assertThat(new String(LoyaltyController.json("u-2", List.of()), UTF_8))
                .isEqualTo("{\"userId\":\"u-2\",\"balance\":0,\"entries\":[]}");
    }

    @Test
    void shouldNotTellABalanceThatMayBeTooLow() {
        var api = new LoyaltyApi(
                KafkaConnection.from(Settings.of(Map.of("kafka.bootstrap", "127.0.0.1:1"))),
                AvroSerdes.with(new InMemoryRegistry()),
                Pseudonym.keyedWith("a-secret-of-some-length"));
        try (var _ = api.reader()) {
            var response = new LoyaltyController(api).points("u-1");
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("1");
        }
    }
}
