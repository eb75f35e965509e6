package dev.orderflow.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.bench.load.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorRoundTest {

    private static final List<String> OPTIONS = List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    @TempDir
    private Path directory;

    @Test
    void shouldHandEveryRecordThroughAllHopsAndMeasureIt() {
        List<CellResult> results = new ArrayList<>();
        Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
        Watcher watcher = new Watcher() {
            @Override
            public void now(String what) {}

            @Override
            public void tick() {}

            @Override
            public void done(CellResult result) {
                results.add(result);
            }
        };
        try (FloorRound floor = FloorRound.start(
                new Subject.Floor("floor", true),
                1,
                pace,
                watcher,
                OPTIONS,
                directory.resolve("data"),
                directory.resolve("floor.log"))) {
            floor.warmUp();
            floor.run(new Cell.Floor(new Shape.Closed(16)));
            floor.run(new Cell.Floor(new Shape.Open(20)));
        }

        assertThat(results).extracting(CellResult::cell).containsExactly("floor:16", "floor-rate:20");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.isClean()).isTrue();
            assertThat(result.confirmed()).isPositive();
            assertThat(result.cpuMs()).isPositive();
            assertThat(result.p50Ms()).isPositive();
        });
        assertThat(results.getLast().orders()).as("20 a second for a second").isEqualTo(20);
    }
}
