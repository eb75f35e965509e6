package dev.orderflow.system.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** compose.yaml against the schema of the Compose specification and the rules of dclint, fetched with npm once. */
class ComposeSpecificationTest {

    private static final Path PINNED = Path.of("src/test/npm");
    private static final Path INSTALLED = Path.of("target/npm");
    private static final long LIMIT_SECONDS = 120;

    private record Run(int exit, String output) {}

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(PINNED.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.notExists(INSTALLED.resolve("node_modules/.package-lock.json"))) {
            Run npm = run(
                    INSTALLED,
                    "npm",
                    "ci",
                    "--ignore-scripts",
                    "--prefer-offline",
                    "--no-audit",
                    "--no-fund",
                    "--loglevel=error");
            assertThat(npm.exit()).as("npm ci: %s", npm.output()).isZero();
        }
    }

    @Test
    void shouldFollowTheSpecification() throws Exception {
        Run check = check(ComposeFile.DIRECTORY.resolve("compose.yaml"));

        assertThat(check.exit()).as(check.output()).isZero();
    }

    @Test
    void shouldBeCheckedByAToolThatSeesFaults(@TempDir Path directory) throws Exception {
        String text = Files.readString(ComposeFile.DIRECTORY.resolve("compose.yaml"));
        Path faulty = directory.resolve("compose.yaml");
        Files.writeString(faulty, text.replaceFirst("  registry:\n", "  registry:\n    helthcheck: {}\n"));

        Run check = check(faulty);

        assertThat(check.exit()).as(check.output()).isNotZero();
        assertThat(check.output()).contains("invalid-schema").contains("/services/registry");
    }

    private static Run check(Path file) throws Exception {
        return run(
                Path.of("."),
                "node",
                INSTALLED.resolve("node_modules/dclint/bin/dclint.cjs").toString(),
                "--config",
                PINNED.resolve("dclint.json").toString(),
                "--max-warnings",
                "0",
                file.toString());
    }

    private static Run run(Path directory, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("orderflow", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " takes longer than " + LIMIT_SECONDS + " s: "
                        + Files.readString(output));
            }
            return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
