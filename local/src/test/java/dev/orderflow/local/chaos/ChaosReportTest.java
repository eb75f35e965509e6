package dev.orderflow.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosReportTest {

    private static final Verdict HOLDS = Verdict.of(List.of(), Map.of(), Map.of(), Map.of(), Map.of());
    private static final Verdict LOST = Verdict.of(List.of("o-1"), Map.of(), Map.of(), Map.of(), Map.of());

    @TempDir
    Path directory;

    private static ChaosReport.Row row(Verdict verdict, boolean audited) {
        return new ChaosReport.Row(ChaosPlan.of(1, 1).getFirst(), verdict, audited, Duration.ofSeconds(7));
    }

    @Test
    void shouldWriteEachRowAtOnceToTheFileAndTheScreen() throws IOException {
        Path file = directory.resolve("new").resolve("table.md");
        List<String> screen = new ArrayList<>();
        try (ChaosReport report = ChaosReport.begin(screen::add, file)) {
            report.header();
            report.add(row(HOLDS, true));

            assertThat(Files.readAllLines(file)).hasSize(3).last().asString().contains("|   yes |", "7 s |");
            assertThat(screen).isEqualTo(Files.readAllLines(file));
        }
    }

    @Test
    void shouldHoldOnlyWhereEveryRoundHeldAndWasAudited() throws IOException {
        assertThat(ends(row(HOLDS, true), row(HOLDS, true))).isTrue();
        assertThat(ends(row(HOLDS, false), row(HOLDS, true))).isFalse();
        assertThat(ends(row(LOST, true), row(HOLDS, true))).isFalse();
        assertThat(Files.readString(directory.resolve("table.md")))
                .contains("wrong: order o-1 has no end", "SOMETHING DID NOT HOLD (seed 4)");
    }

    private boolean ends(ChaosReport.Row... rows) {
        try (ChaosReport report = ChaosReport.begin(line -> {}, directory.resolve("table.md"))) {
            List.of(rows).forEach(report::add);
            return report.end(4, 0);
        }
    }
}
