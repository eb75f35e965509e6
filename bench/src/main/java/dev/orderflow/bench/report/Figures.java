package dev.orderflow.bench.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {

    private static final double MANY = 100;
    private static final double SOME = 10;
    private static final double FEW = 1;

    private Figures() {}

    /** Three digits that count; a dash for nothing. */
    static String of(double number) {
        if (number == 0) {
            return "-";
        }
        if (number >= MANY) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return String.format(Locale.ROOT, number >= SOME ? "%.1f" : number >= FEW ? "%.2f" : "%.3f", number);
    }
}
