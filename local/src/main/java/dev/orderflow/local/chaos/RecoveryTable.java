package dev.orderflow.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Times of recovery as a table that Markdown and people read. */
final class RecoveryTable {

    static final List<String> HEADER = List.of(
            "| killed     | times | new order: median | maximum | wanted | any order: median | all in flight: median | maximum |",
            "|---|---|---|---|---|---|---|---|");

    private RecoveryTable() {}

    static String row(RecoveryVictim victim, List<Recovery> recoveries) {
        return String.format(
                Locale.ROOT,
                "| %-10s | %5d | %17s | %7s | %6s | %17s | %21s | %7s |",
                victim.title(),
                recoveries.size(),
                text(median(recoveries, Recovery::firstNew)),
                text(maximum(recoveries, Recovery::firstNew)),
                text(victim.goal()),
                text(median(recoveries, Recovery::firstAny)),
                text(median(recoveries, Recovery::inFlight)),
                text(maximum(recoveries, Recovery::inFlight)));
    }

    /** Whether each of them was in time. */
    static boolean isReached(RecoveryVictim victim, List<Recovery> recoveries) {
        return maximum(recoveries, Recovery::firstNew).compareTo(victim.goal()) < 0;
    }

    /** The lower one where two are in the middle. */
    static Duration median(List<Recovery> recoveries, Function<Recovery, Duration> time) {
        List<Duration> sorted = new ArrayList<>(recoveries.stream().map(time).toList());
        Collections.sort(sorted);
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static Duration maximum(List<Recovery> recoveries, Function<Recovery, Duration> time) {
        return recoveries.stream().map(time).max(Duration::compareTo).orElseThrow();
    }

    static String text(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1_000.0);
    }
}
