package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says to whoever types it. */
final class CommandLineTest {

    @TempDir
    Path data;

    @Test
    void shouldExplainItself() {
        Stack.Finished help = Stack.run("--help");
        assertThat(help.status()).isZero();
        assertThat(help.output())
                .contains(
                        "up",
                        "order",
                        "show",
                        "revenue",
                        "stock",
                        "audit",
                        "chaos",
                        "service",
                        "dead-letters",
                        "rehearse",
                        "test");
    }

    @Test
    void shouldNameAnUnknownSettingAndWhatCanBeSet() {
        Stack.Finished up = Stack.run("up", "--port", "0", "--data", data.toString(), "--set", "dispach.duration=0s");
        assertThat(up.status()).isEqualTo(1);
        assertThat(up.output()).contains("dispach.duration").contains("dispatch.duration");
    }

    @Test
    void shouldSayWhatToDoWhenNothingIsServed() {
        Stack.Finished show = Stack.run("show", "some-order", "--url", "http://127.0.0.1:1");
        assertThat(show.status()).isEqualTo(1);
        assertThat(show.output()).contains("http://127.0.0.1:1").contains("./orderflow up");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        Stack.Finished order = Stack.run("order", "no-such-file.json");
        assertThat(order.status()).isEqualTo(1);
        assertThat(order.output()).contains("no-such-file.json");
    }
}
