package dev.orderflow.local.client;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Shows one picture after another in the same place of a terminal; where there is no terminal, one below the other. The
 * cursor is hidden meanwhile and comes back when the process ends, by Ctrl-C as well. For one thread.
 */
final class Screen {

    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR = "\u001b[2J";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_REST = "\u001b[J";

    private final PrintStream out;
    private final boolean terminal;

    /** @param terminal whether it understands escape sequences */
    Screen(PrintStream out, boolean terminal) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.terminal = terminal;
        if (terminal) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "show-cursor"));
            this.out.print(HIDE_CURSOR + CLEAR);
        }
    }

    /** Replaces what is shown. */
    void show(List<String> lines) {
        StringBuilder picture = new StringBuilder(terminal ? HOME : "");
        for (String line : lines) {
            picture.append(line).append(terminal ? CLEAR_LINE : "").append('\n');
        }
        out.print(picture.append(terminal ? CLEAR_REST : "\n"));
        out.flush();
    }

    private void leave() {
        out.print(SHOW_CURSOR);
        out.flush();
    }
}
