package dev.orderflow.payment.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.payment.control.PauseSwitch;
import dev.orderflow.payment.control.UnconnectedSwitch;
import io.micronaut.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Effect> calls = new ArrayList<>();
    private final PauseSwitch pause = UnconnectedSwitch.of("sandbox", AvroSerdes.with(new InMemoryRegistry()), NOW);
    private final ProviderController controller = new ProviderController(new ProviderApi(
            pause, 512, 0, limit -> calls.subList(0, Math.min(limit, calls.size()))));

    @Test
    void shouldPauseAndResumeTheProvider() {
        assertThat(text(controller.look()))
                .isEqualTo("{\"provider\":\"sandbox\",\"paused\":false,\"reason\":null,\"changedAt\":null,"
                        + "\"callsAtOnce\":512,\"rate\":0}");
        assertThat(text(controller.pause(bytes("{\"reason\":\"moving\"}"))))
                .contains("\"paused\":true,\"reason\":\"moving\",\"changedAt\":\"2026-01-01T00:00:00Z\"");
        assertThat(pause.pause()).contains("Paused by ops: moving");

        assertThat(text(controller.resume())).contains("\"paused\":false,\"reason\":null");
        assertThat(text(controller.pause(null))).contains("\"paused\":true,\"reason\":null");
    }

    @Test
    void shouldRefuseWhatIsNoReason() {
        for (String body :
                List.of("[]", "{", "{\"why\":\"x\"}", "{\"reason\":7}", "{\"reason\":\"" + "x".repeat(501) + "\"}")) {
            assertThat(controller.pause(bytes(body)).code()).as(body).isEqualTo(400);
        }
        assertThat(pause.pause()).isEmpty();
    }

    @Test
    void shouldListWhatIsNotOver() {
        calls.add(new Effect("o-1:charge", "o-1:charge", "", 2, NOW, RetryPolicy.FOREVER, NOW.plusSeconds(7), null));
        calls.add(new Effect("o-2:refund", "o-2:refund", "", 0, NOW, RetryPolicy.FOREVER, NOW, null));

        assertThat(text(controller.queue(1)))
                .isEqualTo("{\"paused\":null,\"calls\":[{\"orderId\":\"o-1\",\"key\":\"o-1:charge\","
                        + "\"since\":\"2026-01-01T00:00:00Z\",\"tries\":2,\"notBefore\":\"2026-01-01T00:00:07Z\"}],"
                        + "\"hasMore\":true}");
        assertThat(text(controller.queue(2))).contains("o-2:refund").contains("\"hasMore\":false");
        assertThat(controller.queue(0).code()).isEqualTo(400);
    }

    @Test
    void shouldAskForPatienceWhilePartitionsMove() {
        ProviderController moving = new ProviderController(new ProviderApi(pause, 512, 0, _ -> {
            throw new RetriableException("moving");
        }));
        assertThat(moving.queue(10).code()).isEqualTo(503);
    }

    private static String text(HttpResponse<byte[]> response) {
        assertThat(response.code()).isEqualTo(200);
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
