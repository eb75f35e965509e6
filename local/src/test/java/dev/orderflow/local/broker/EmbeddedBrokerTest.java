package dev.orderflow.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.orderflow.local.process.KernelProcessors;
import dev.orderflow.local.process.PortTakenException;
import dev.orderflow.local.process.ProcessorList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final String ALLOWED = "Cpus_allowed_list:";

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

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRunOnTheProcessorsThatItIsGiven() throws Exception {
        ProcessorList all = KernelProcessors.here().allowed().orElseThrow();
        assumeThat(all.size()).as("processors").isGreaterThan(1);
        try (EmbeddedBroker broker = new EmbeddedBroker(
                        directory,
                        0,
                        Map.of(BrokerProcessors.PROPERTY, all.first().toString()))
                .start()) {
            assertThat(broker.processors()).contains(all.first());
            assertThat(processorsOf("data-plane-kafk")).isNotEmpty().containsOnly(all.first());
        }

        assertThat(KernelProcessors.here().allowed()).contains(all);
    }

    @Test
    void shouldSayWhatIsDamagedWhereverItsThreadsRun() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(directory, 0, Map.of()).start()) {
            assertThat(broker.port()).isPositive();
        }
        Files.writeString(directory.resolve("meta.properties"), "version=7\n");

        for (String processors : List.of(
                "all",
                KernelProcessors.here().allowed().map(ProcessorList::toString).orElse("auto"))) {
            try (EmbeddedBroker damaged =
                    new EmbeddedBroker(directory, 0, Map.of(BrokerProcessors.PROPERTY, processors))) {
                assertThatThrownBy(damaged::start)
                        .isInstanceOf(BrokerStartException.class)
                        .hasMessageContaining(directory.toString())
                        .hasMessageNotContaining("CompletionException");
            }
        }
    }

    /** Of each thread whose name begins so: the JVM gives the first 15 letters of it to the kernel. */
    private static List<ProcessorList> processorsOf(String thread) throws IOException {
        List<ProcessorList> found = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                List<String> status = statusUnlessEnded(task);
                if (status.contains("Name:\t" + thread)) {
                    status.stream()
                            .filter(line -> line.startsWith(ALLOWED))
                            .forEach(line -> found.add(ProcessorList.parse(line.substring(ALLOWED.length()))));
                }
            }
        }
        return found;
    }

    /** A thread may end between the listing and the look at it. */
    private static List<String> statusUnlessEnded(Path task) {
        try {
            return Files.readAllLines(task.resolve("status"));
        } catch (IOException ended) {
            return List.of();
        }
    }
}
