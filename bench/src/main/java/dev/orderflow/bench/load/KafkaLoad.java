package dev.orderflow.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records straight into Kafka, and their outcome read back, committed only. Close it to end its producer. */
public final class KafkaLoad implements Load {

    private final String bootstrap;
    private final KafkaRoute route;
    private final KafkaProducer<String, byte[]> producer;

    public KafkaLoad(String bootstrap, KafkaRoute route) {
        this.bootstrap = bootstrap;
        this.route = route;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        "1"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public CompletableFuture<Outcomes> start(Shape shape, int first, Duration time) {
        return new KafkaRun(bootstrap, route, producer, shape, first, time).start();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
