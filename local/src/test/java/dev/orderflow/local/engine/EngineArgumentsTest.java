package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EngineArgumentsTest {

    @Test
    void shouldHaveDefaults() {
        assertThat(EngineArguments.of("--data", "d", "--library", "l"))
                .isEqualTo(new EngineArguments(Path.of("d"), Path.of("l"), 0, 400_000_000));
    }

    @Test
    void shouldReadBackItsCommandLine() {
        EngineArguments arguments = new EngineArguments(Path.of("a b"), Path.of("l"), 8123, 1);
        assertThat(EngineArguments.of(arguments.toCommandLine().toArray(String[]::new)))
                .isEqualTo(arguments);
    }

    @Test
    void shouldNameWhatItDoesNotKnow() {
        assertThatThrownBy(() -> EngineArguments.of("--dat", "d")).hasMessageContaining("--dat");
        assertThatThrownBy(() -> EngineArguments.of("--data")).hasMessageStartingWith("usage");
        assertThatThrownBy(() -> EngineArguments.of("--data", "d")).hasMessageStartingWith("usage");
    }
}
