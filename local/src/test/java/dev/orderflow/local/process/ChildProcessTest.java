package dev.orderflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void shouldHandOverTheAddressOfTheReadyLine() throws Exception {
        try (ChildProcess child = Children.start(Children.Obedient.class, directory, "127.0.0.1:7")) {
            assertThat(child.awaitReadyLine(PATIENCE)).isEqualTo("127.0.0.1:7");
            assertThat(child.isAlive()).isTrue();
        }
        assertThat(directory.resolve("Obedient.log")).content().contains("ready 127.0.0.1:7");
    }

    @Test
    void shouldStopAChildThatListens() throws Exception {
        ChildProcess child = Children.start(Children.Obedient.class, directory);
        child.awaitReadyLine(PATIENCE);

        child.close();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void shouldStopAChildThatHangsByForce() throws Exception {
        ChildProcess child = Children.start(Children.Stubborn.class, directory);
        child.awaitReadyLine(PATIENCE);

        child.close();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void shouldSayWhyAChildEndedBeforeItWasReady() {
        try (ChildProcess child = Children.start(Children.Failing.class, directory)) {
            assertThatThrownBy(() -> child.awaitReadyLine(PATIENCE))
                    .isInstanceOf(ChildStartException.class)
                    .hasMessageContaining("Failing (process " + child.pid() + ") ended with status 3")
                    .hasMessageContaining("no room on the disk")
                    .hasMessageContaining(directory.resolve("Failing.log").toString());
        }
    }

    @Test
    void shouldGiveUpOnAProbeWhenTheChildEnds() {
        try (ChildProcess child = Children.start(Children.Failing.class, directory)) {
            assertThatThrownBy(() -> child.awaitReady(PATIENCE, () -> false))
                    .isInstanceOf(ChildStartException.class)
                    .hasMessageContaining("no room on the disk");
        }
    }

    @Test
    void shouldGiveUpOnAProbeThatNeverSaysYes() {
        try (ChildProcess child = Children.start(Children.Obedient.class, directory)) {
            assertThatThrownBy(() -> child.awaitReady(Duration.ofMillis(100), () -> false))
                    .isInstanceOf(ChildStartException.class)
                    .hasMessageContaining("was not ready within PT0.1S");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Children.Obedient.class, Children.Stubborn.class})
    void shouldEndWithAParentThatWasKilled(Class<?> program) throws Exception {
        ChildProcess parent = Children.start(Children.Parent.class, directory, program.getName(), directory.toString());
        ProcessHandle child = ProcessHandle.of(Long.parseLong(parent.awaitReadyLine(PATIENCE)))
                .orElseThrow();

        parent.kill();

        assertThat(child.onExit()).succeedsWithin(PATIENCE);
    }

    @Test
    void shouldNotReactToCtrlC() throws Exception {
        try (ChildProcess child = Children.start(Children.Obedient.class, directory)) {
            child.awaitReadyLine(PATIENCE);

            int sent = new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            child.requestStop();

            assertThat(sent).isZero();
            // 128 + 15: it was the request to stop that ended it, not the interrupt (128 + 2) before.
            assertThat(child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(143);
        }
    }

    @Test
    void shouldReplaceTheLogOfAnEarlierRun() throws Exception {
        Files.writeString(directory.resolve("Failing.log"), "an earlier run\n".repeat(100));

        try (ChildProcess child = ChildProcess.start(
                "failing",
                JavaCommand.ofThisProgram(Children.Failing.class, List.of(), List.of()),
                directory.resolve("made/for/it"),
                Map.of(),
                directory.resolve("Failing.log"))) {
            child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(directory.resolve("made/for/it")).isDirectory();
        }

        assertThat(directory.resolve("Failing.log")).content().doesNotContain("an earlier run");
    }
}
