package dev.orderflow.local.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignedSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void shouldTakeWhatIsMeantForTheStackAndNotForAService() {
        assertThatCode(() -> prepare(
                        "kafka.broker.log.flush.interval.messages=1", "demo.stock=false", "topics.partitions=4"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseWhatNobodyReads() {
        assertThatThrownBy(() -> prepare("kafka.broken.log.flush.interval.messages=1"))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("kafka.broken.log.flush.interval.messages");
    }

    /** As the stack does before it starts anything. */
    private void prepare(String... assignments) {
        Settings assigned = Settings.fromAssignments(List.of(assignments));
        StackOptions options = new StackOptions(directory, 0, false, false, assigned, assigned);
        DemoStock.isWanted(assigned);
        Progress progress =
                new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
        Foundation foundation = new Foundation(options, Ports.choose(0, assigned), new Startup(progress), progress);
        new TogetherServices(foundation.settings(), options).close();
    }
}
