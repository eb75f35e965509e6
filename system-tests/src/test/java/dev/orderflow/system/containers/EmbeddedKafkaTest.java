package dev.orderflow.system.containers;

import dev.orderflow.local.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded Kafka that the product starts by default. */
class EmbeddedKafkaTest extends ExactlyOnceContract {

    private EmbeddedBroker broker;

    @BeforeEach
    void start(@TempDir Path directory) {
        broker = new EmbeddedBroker(directory, 0, Map.of()).start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Override
    String bootstrap() {
        return broker.bootstrap();
    }
}
