package dev.orderflow.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars lying one below the other, in groups, as SVG that takes its colours from the page. */
final class Chart {

    private static final int WIDTH = 860;
    private static final int LEFT = 130;
    private static final int RIGHT = 90;
    private static final int BAR = 16;
    private static final int GAP = 3;
    private static final int GROUP_GAP = 14;
    private static final int TOP = 8;
    private static final int LETTER = 7;
    private static final int BASELINE = 12;
    private static final double LEAST = 2;

    private final String unit;
    private final boolean logarithmic;
    private final Division division;
    private final List<Group> groups = new ArrayList<>();

    /**
     * One bar.
     *
     * @param series its colour, from 0
     * @param label what it stands for
     * @param parts lengths, which lie one behind the other
     */
    record Bar(int series, String label, List<Part> parts) {
        double total() {
            return parts.stream().mapToDouble(Part::value).sum();
        }
    }

    /**
     * A part of a bar.
     *
     * @param shade 0 for the full colour, each next one lighter
     */
    record Part(String label, double value, int shade) {}

    private record Group(String label, List<Bar> bars) {}

    /** Where the parts of a bar end. */
    enum Division {
        /** Where their sum is on the scale. */
        SCALE,
        /** By their share of the bar, whatever the scale. */
        SHARE
    }

    /**
     * A chart without bars.
     *
     * @param unit of the numbers, in words
     * @param logarithmic whether each doubling is as long as the next
     */
    Chart(String unit, boolean logarithmic, Division division) {
        this.unit = unit;
        this.logarithmic = logarithmic;
        this.division = division;
    }

    void group(String label, List<Bar> bars) {
        if (!bars.isEmpty()) {
            groups.add(new Group(label, List.copyOf(bars)));
        }
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** What the lengths mean, for people. */
    String scale() {
        return logarithmic ? unit + ", logarithmic" : unit;
    }

    String svg(String description) {
        double highest = highest();
        double lowest = lowest();
        int height = TOP;
        StringBuilder marks = new StringBuilder();
        for (Group group : groups) {
            marks.append("<text class=\"group\" x=\"0\" y=\"%d\">%s</text>"
                    .formatted(height + BASELINE, Markup.escape(group.label)));
            for (Bar bar : group.bars) {
                bar(marks, bar, height, lowest, highest);
                height += BAR + GAP;
            }
            height += GROUP_GAP;
        }
        return "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\">%s</svg>"
                .formatted(WIDTH, height, Markup.escape(description), marks);
    }

    private void bar(StringBuilder marks, Bar bar, int y, double lowest, double highest) {
        double full = length(bar.total(), lowest, highest);
        double x = LEFT;
        double sum = 0;
        for (Part part : bar.parts) {
            sum += part.value;
            double end =
                    switch (division) {
                        case SCALE -> length(sum, lowest, highest);
                        case SHARE -> full * sum / Math.max(bar.total(), Double.MIN_NORMAL);
                    };
            double width = Math.max(0.5, LEFT + end - x);
            marks.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"s%d\" style=\"opacity:%.2f\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\">"
                            + "<title>%s</title></rect>",
                    bar.series,
                    Math.max(0.3, 1 - 0.22 * part.shade),
                    x,
                    y,
                    width,
                    BAR,
                    Markup.escape(bar.label + (part.label.isEmpty() ? "" : ", " + part.label) + ": "
                            + Figures.of(part.value) + " " + unit)));
            x += width;
        }
        marks.append(String.format(
                Locale.ROOT,
                "<text class=\"value\" x=\"%.1f\" y=\"%d\">%s</text>",
                x + LETTER,
                y + BASELINE,
                Figures.of(bar.total())));
    }

    private double length(double value, double lowest, double highest) {
        int room = WIDTH - LEFT - RIGHT;
        if (value <= 0) {
            return LEAST;
        }
        if (!logarithmic) {
            return Math.max(LEAST, room * value / highest);
        }
        // One doubling of room below the lowest, so that its bar can be seen.
        double span = Math.log(highest / (lowest / 2));
        return Math.max(LEAST, room * Math.log(value / (lowest / 2)) / span);
    }

    private double highest() {
        return groups.stream()
                .flatMap(group -> group.bars.stream())
                .mapToDouble(Bar::total)
                .max()
                .orElse(1);
    }

    private double lowest() {
        return groups.stream()
                .flatMap(group -> group.bars.stream())
                .mapToDouble(bar -> division == Division.SCALE ? bar.parts.getFirst().value : bar.total())
                .filter(value -> value > 0)
                .min()
                .orElse(1);
    }
}
