package dev.orderflow.system.containers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * On a Kafka from a container. Runs with {@code -Pcontainers}, and is skipped where no container engine runs;
 * {@code -Dcontainers.kafka=IMAGE} takes another image.
 */
@Tag("containers")
class ContainerKafkaTest extends ExactlyOnceContract {

    private static final String OFFICIAL = "apache/kafka";
    private static final String IMAGE = System.getProperty("containers.kafka", OFFICIAL + ":4.3.1");

    private KafkaContainer kafka;

    @BeforeEach
    void start() {
        try {
            DockerClientFactory.instance().client();
        } catch (IllegalStateException noEngine) {
            Assumptions.abort("No container engine runs here: " + noEngine.getMessage());
        }
        kafka = new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor(OFFICIAL));
        kafka.start();
    }

    @AfterEach
    void stop() {
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Override
    String bootstrap() {
        return kafka.getBootstrapServers();
    }
}
