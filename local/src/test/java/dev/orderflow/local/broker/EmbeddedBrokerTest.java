package dev.orderflow.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.local.process.PortTakenException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @TempDir
    Path directory;

    @Test
    void shouldKeepCommittedTransactionsAcrossARestartAtAnotherPort() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory, 0, Map.of()).start()) {
            Clients.createTopic(broker.bootstrap(), "facts");
            Clients.commit(broker.bootstrap(), "facts", List.of("one", "two"));
        }

        try (EmbeddedBroker again = new EmbeddedBroker(directory, 0, Map.of()).start()) {
            assertThat(Clients.readCommitted(again.bootstrap(), "facts", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void shouldNameThePortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedBroker broker = new EmbeddedBroker(directory, taken.getLocalPort(), Map.of());

            assertThatThrownBy(broker::start)
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " for the broker");
        }
    }

    @Test
    void shouldRefuseASecondBrokerOnTheSameDirectory() {
        try (EmbeddedBroker first = new EmbeddedBroker(directory, 0, Map.of()).start();
                EmbeddedBroker second = new EmbeddedBroker(directory, 0, Map.of())) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining(second.bootstrap());
            assertThat(first.port()).isPositive();
        }
    }
}
