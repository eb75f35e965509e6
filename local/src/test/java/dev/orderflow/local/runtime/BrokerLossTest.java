package dev.orderflow.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.service.ComposedService;
import dev.orderflow.durable.service.ServiceHost;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.local.Await;
import dev.orderflow.local.LoneInstance;
import dev.orderflow.local.broker.EmbeddedBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether readiness tells that the only broker is gone, and that it is back. */
class BrokerLossTest {

    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] TOPICS = {"things.in", "things.dead-letters", "things.redrives"};

    @TempDir
    private Path directory;

    @Test
    void shouldNotBeReadyWhileNoBrokerCanBeReached() throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker(directory.resolve("broker"), 0, Map.of()).start();
        int port = broker.port();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(Stream.of(TOPICS)
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        Things things = new Things(broker.bootstrap(), directory.resolve("state"));
        try (HttpClient client = HttpClient.newHttpClient();
                ServiceHost host = ServiceHost.start(
                        "127.0.0.1", 0, List.of(things), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            HttpRequest readiness = HttpRequest.newBuilder(host.address().resolve("/health/readiness"))
                    .build();
            things.start();
            await(client, readiness, 200);

            broker.close();
            HttpResponse<String> down = await(client, readiness, 503);
            assertThat(down.body())
                    .contains("RUNNING, no Kafka broker of 127.0.0.1:" + port + " reached since 20")
                    .contains("\"DOWN\"");
            assertThat(things.isAlive()).as("it needs no new start").isTrue();

            broker = new EmbeddedBroker(directory.resolve("broker"), port, Map.of()).start();
            HttpResponse<String> up = await(client, readiness, 200);
            assertThat(up.body()).doesNotContain("reached since");
        } finally {
            things.close();
            broker.close();
        }
    }

    private static HttpResponse<String> await(HttpClient client, HttpRequest readiness, int status) {
        AtomicReference<HttpResponse<String>> seen = new AtomicReference<>();
        Await.until(
                "readiness " + status,
                PATIENCE,
                () -> {
                    seen.set(client.send(readiness, BodyHandlers.ofString()));
                    return seen.get().statusCode() == status;
                },
                () -> seen.get() == null ? "no answer" : seen.get().body());
        return seen.get();
    }

    /** A service that does nothing, with a member of a consumer group. */
    private static final class Things extends ComposedService {

        Things(String bootstrap, Path state) {
            super("things");
            manage(new DurableApplication(
                    TaskDefinition.named("things", _ -> new Idle())
                            .input(TOPICS[0], StockAdjustment.class, StockAdjustment::getStockLocation, Idle::on)
                            .build(),
                    LoneInstance.connection(bootstrap, state, SESSION),
                    AvroSerdes.with(new InMemoryRegistry()),
                    new SimpleMeterRegistry()));
        }
    }

    private static final class Idle implements TaskHandler {

        void on(Message<StockAdjustment> message) {
            assertThat(message).as("nobody sends anything").isNull();
        }
    }
}
