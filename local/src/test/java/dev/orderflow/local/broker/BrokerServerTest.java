package dev.orderflow.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.JavaCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void shouldKeepCommittedTransactionsAndNoOthersAfterKill() throws Exception {
        try (ChildProcess server = start()) {
            String bootstrap = server.awaitReadyLine(PATIENCE);
            Clients.createTopic(bootstrap, "facts");
            Clients.commit(bootstrap, "facts", List.of("one", "two"));
            try (KafkaProducer<String, String> producer = Clients.transactionalProducer(bootstrap, "left-open")) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("facts", "never")).get();
                server.kill();
                server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                producer.close(Duration.ZERO);
            }
        }

        try (ChildProcess again = start()) {
            String bootstrap = again.awaitReadyLine(PATIENCE);
            // To take over the transactional id aborts what its former owner had left open.
            Clients.transactionalProducer(bootstrap, "left-open").close();
            Clients.commit(bootstrap, "facts", List.of("three"));

            assertThat(Clients.readCommitted(bootstrap, "facts", 3)).containsExactly("one", "two", "three");
        }
    }

    @Test
    void shouldStopCleanlyWhenAsked() throws Exception {
        try (ChildProcess server = start()) {
            server.awaitReadyLine(PATIENCE);

            server.requestStop();

            assertThat(server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(143);
            assertThat(directory.resolve("kafka/.kafka_cleanshutdown")).exists();
        }
    }

    private ChildProcess start() {
        return start(directory);
    }

    /** Starts the broker on a directory below the given one. */
    static ChildProcess start(Path directory) {
        return ChildProcess.start(
                "broker",
                JavaCommand.ofThisProgram(
                        BrokerServer.class,
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        List.of(directory.resolve("kafka").toString(), "0", "log.flush.interval.messages=1")),
                directory,
                Map.of(),
                directory.resolve("broker.log"));
    }
}
