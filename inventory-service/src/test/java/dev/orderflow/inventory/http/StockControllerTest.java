package dev.orderflow.inventory.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.ServicePart;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceHost;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.events.StockView;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StockControllerTest {

    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    private final AvroSerdes serdes = AvroSerdes.with(new InMemoryRegistry());
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final StockApi api = new StockApi(
            KafkaConnection.from(Settings.of(Map.of("kafka.bootstrap", "127.0.0.1:1"))),
            serdes,
            "main",
            new AdjustmentSender(producer, serdes));
    private final HttpClient client = HttpClient.newHttpClient();
    private ServiceHost host;

    /** The API alone, without the part that runs on Kafka Streams. */
    private record ApiOnly(List<Object> beans) implements OrderflowService {
        @Override
        public String name() {
            return "inventory";
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() {
        host = ServiceHost.start(
                "127.0.0.1",
                0,
                List.of(new ApiOnly(List.of(api))),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    @AfterEach
    void stop() {
        host.close();
        api.parts().forEach(ServicePart::close);
        client.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(host.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(host.address() + "/stock/adjustments"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void see(String location, String productId, long onHand, long reserved, long committed) {
        api.table.put(
                new StockView(location, productId, onHand, reserved, committed, onHand + reserved + committed, AT));
        api.table.batchEnd();
    }

    @Test
    void shouldWriteAdjustmentsKeyedByLocation() throws Exception {
        var response = post("""
                [{"productId":"cup","delta":10,"adjustmentId":"a-1"},
                 {"location":"east","productId":"pot","delta":-2,"adjustmentId":"a-2"}]""");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":2}");
        assertThat(producer.history()).hasSize(2);
        var first = producer.history().getFirst();
        assertThat(first.topic()).isEqualTo("stock.adjustments");
        assertThat(new String(first.key(), UTF_8)).isEqualTo("main");
        assertThat(EventHeaders.text(first.headers(), "ce_id")).isEqualTo("main/a-1");
        StockAdjustment value = serdes.deserialize("stock.adjustments", first.value(), StockAdjustment.class);
        assertThat(value.getProductId()).isEqualTo("cup");
        assertThat(value.getDelta()).isEqualTo(10);
        assertThat(new String(producer.history().get(1).key(), UTF_8)).isEqualTo("east");
    }

    @Test
    void shouldRefuseAllWhenOneIsWrong() throws Exception {
        var response = post("""
                [{"productId":"cup","delta":10,"adjustmentId":"a-1"},{"productId":"cup","delta":1.5}]""");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("[1].delta", "1.5", "integer", "[1].adjustmentId", "Missing");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldSayThatItMayBeSentAgain() throws Exception {
        producer.sendException = new TimeoutException("no broker");
        var response = post("{\"productId\":\"cup\",\"delta\":10,\"adjustmentId\":\"a-1\"}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.body()).contains("count only once");
    }

    @Test
    void shouldTellWhatThereIs() throws Exception {
        see("main", "cup", 7, 2, 1);
        var response = get("/stock/main/cup");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"location\":\"main\",\"productId\":\"cup\",\"onHand\":7,\"reserved\":2,\"committed\":1,"
                        + "\"available\":7,\"updatedAt\":\"2026-03-01T12:00:00Z\"}");
        see("main", "tea/green 5%", 1, 0, 0);
        assertThat(get("/stock/main/tea%2Fgreen%205%25").body()).contains("\"tea/green 5%\"");
        assertThat(get("/stock/main/tea/green%205%25").body()).contains("\"tea/green 5%\"");
    }

    @Test
    void shouldWaitForWhatIsOnItsWay() throws Exception {
        var early = client.sendAsync(
                HttpRequest.newBuilder(URI.create(host.address() + "/stock/main/cup"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        CompletableFuture.delayedExecutor(200, java.util.concurrent.TimeUnit.MILLISECONDS)
                .execute(() -> see("main", "cup", 7, 0, 0));
        assertThat(early.join().statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayWhenThereIsNone() throws Exception {
        long start = System.nanoTime();
        var response = get("/stock/main/cup");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("cup", "main");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldListPageByPage() throws Exception {
        for (String location : List.of("east", "main", "main-2", "west")) {
            for (String product : List.of("cup", "lid", "pot")) {
                see(location, product, 1, 0, 0);
            }
        }
        var first = get("/stock?location=main&limit=2");
        assertThat(first.body()).contains("cup", "lid", "\"next\":").doesNotContain("pot", "main-2", "east");
        String next = first.body().replaceAll(".*\"next\":\"([^\"]*)\".*", "$1");
        assertThat(get("/stock?location=main&limit=2&cursor=" + next).body())
                .contains("pot")
                .doesNotContain("next", "cup", "main-2");
        assertThat(get("/stock?location=east&cursor=" + next).body()).isEqualTo("{\"stock\":[]}");
        assertThat(get("/stock?limit=1000").body().split("productId", -1)).hasSize(13);
        var wrong = get("/stock?limit=0&cursor=***");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("limit", "cursor");
    }
}
