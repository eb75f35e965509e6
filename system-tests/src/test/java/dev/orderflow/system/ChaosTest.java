package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short chaos; {@code ./orderflow chaos} runs a long one, and docs/chaos.md has what came of it. */
final class ChaosTest {

    @TempDir
    Path directory;

    @Test
    void shouldKeepEveryOrderAndEveryCentThoughPartsAreKilled() {
        Stack.Finished chaos = Stack.run(
                "chaos",
                "--rounds",
                "3",
                "--orders",
                "100",
                "--rate",
                "20",
                "--seed",
                "212",
                "--data",
                directory.resolve("data").toString());

        assertThat(chaos.status()).as(chaos.output()).isZero();
        assertThat(chaos.output()).contains("Everything held");
    }
}
