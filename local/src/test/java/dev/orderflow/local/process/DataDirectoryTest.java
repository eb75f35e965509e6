package dev.orderflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void shouldSayWhoHoldsIt() {
        Path data = directory.resolve("not/there/yet");
        try (DataDirectory held = DataDirectory.open(data, "http://127.0.0.1:8080")) {
            assertThat(held.resolve("kafka")).isEqualTo(data.resolve("kafka"));
            assertThatThrownBy(() -> DataDirectory.open(data, "http://127.0.0.1:9090"))
                    .isInstanceOfSatisfying(DataDirectoryInUseException.class, e -> {
                        assertThat(e.pid())
                                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
                        assertThat(e.address()).isEqualTo("http://127.0.0.1:8080");
                    })
                    .hasMessageContaining("since 2");
        }
    }

    @Test
    void shouldSayWhatToDoWhereThereCannotBeOne() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file, "http://127.0.0.1:8080"))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data");
    }

    @Test
    void shouldBeFreeAgainWhenClosed() {
        DataDirectory.open(directory, "http://127.0.0.1:1").close();

        try (DataDirectory again = DataDirectory.open(directory, "http://127.0.0.1:2")) {
            assertThat(again.path()).isEqualTo(directory);
        }
    }

    @Test
    void shouldBelongToOneProcessUntilThatIsKilled() throws Exception {
        Path data = directory.resolve("data");
        try (ChildProcess holder = Children.start(Children.Holder.class, directory, data.toString())) {
            holder.awaitReadyLine(PATIENCE);

            assertThatThrownBy(() -> DataDirectory.open(data, "http://127.0.0.1:9090"))
                    .isInstanceOf(DataDirectoryInUseException.class)
                    .hasMessageContaining("process " + holder.pid())
                    .hasMessageContaining("at http://127.0.0.1:8080");

            holder.kill();
            holder.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        try (DataDirectory taken = DataDirectory.open(data, "http://127.0.0.1:9090")) {
            assertThat(taken.path()).isEqualTo(data);
        }
    }
}
