package dev.orderflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Writes today's schemas as a release. Runs only when asked for by name; {@code schemas/released/README.md} says how. */
class ReleaseContracts {

    @Test
    void writeRelease() throws Exception {
        String version = System.getProperty("orderflow.release", "");
        assertThat(version)
                .as("Name the version to write: -Dorderflow.release=1.2.3")
                .matches("\\d+\\.\\d+\\.\\d+");
        boolean rewrite = Boolean.getBoolean("orderflow.release.rewrite");
        assertThat(ReleasedContracts.ofRepository().write(version, Contract.all(), rewrite))
                .isNotEmpty();
    }
}
