package dev.orderflow.local.stack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says what starts, how far a download is, and how long each part took. On a terminal the parts that are not there yet
 * stand on one line that is written over; elsewhere only what is finished is said. Safe for use by several threads.
 */
final class Progress {

    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, String> underWay = new LinkedHashMap<>();

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void begin(String part) {
        underWay.put(part, "");
        show();
    }

    /** How far a part is, in a few words. */
    synchronized void update(String part, String words) {
        underWay.put(part, words);
        show();
    }

    synchronized void finish(String part, Duration took, String address) {
        underWay.remove(part);
        line("  %-12s %5.1f s   %s".formatted(part, took.toMillis() / 1000.0, address));
        show();
    }

    synchronized void fail(String part) {
        underWay.remove(part);
        line("  %-12s failed".formatted(part));
    }

    synchronized void line(String text) {
        if (terminal) {
            out.print(CLEAR_LINE);
        }
        out.println(text);
        out.flush();
    }

    private void show() {
        if (!terminal || underWay.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        underWay.forEach((part, words) -> {
            text.append(text.isEmpty() ? "  starting " : ", ").append(part);
            if (!words.isEmpty()) {
                text.append(" (").append(words).append(')');
            }
        });
        out.print(CLEAR_LINE + text);
        out.flush();
    }
}
