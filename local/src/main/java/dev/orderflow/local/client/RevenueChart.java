package dev.orderflow.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws an answer of {@code revenue_dashboard} as lines of text: for each hour and currency its figures and a bar, as long as
 * its share of the best hour in that currency. Immutable.
 *
 * @param width columns of the terminal; a bar takes what the figures leave
 */
record RevenueChart(int width) {

    private static final int FIGURES = 65;
    private static final int SHORTEST_BAR = 8;
    private static final int EIGHTHS = 8;
    private static final String PARTS = " ▏▎▍▌▋▊▉";
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** All lines, without line ends. */
    List<String> lines(JsonNode answer, int hours) {
        JsonNode rows = answer.path("data");
        List<String> lines = new ArrayList<>();
        if (rows.isEmpty()) {
            lines.add("No order has been completed in the last " + hours + " hours.");
            return lines;
        }
        lines.add("%-16s %-3s %9s %18s %14s "
                .formatted("hour (UTC)", "", "orders", "revenue", "average")
                .stripTrailing());
        Map<String, Long> best = new TreeMap<>();
        Map<String, long[]> sums = new TreeMap<>();
        for (JsonNode row : rows) {
            String currency = row.path("currency").asText();
            best.merge(currency, row.path("revenue_minor").asLong(), Math::max);
            long[] sum = sums.computeIfAbsent(currency, _ -> new long[2]);
            sum[0] += row.path("order_count").asLong();
            sum[1] += row.path("revenue_minor").asLong();
        }
        for (JsonNode row : rows) {
            String currency = row.path("currency").asText();
            long revenue = row.path("revenue_minor").asLong();
            lines.add((figures(
                                    row.path("hour").asText().replaceAll(":00$", ""),
                                    currency,
                                    row.path("order_count").asLong(),
                                    revenue,
                                    average(row, currency))
                            + bar(revenue, best.getOrDefault(currency, 1L)))
                    .stripTrailing());
        }
        sums.forEach((currency, sum) ->
                lines.add(figures("all", currency, sum[0], sum[1], "").stripTrailing()));
        return lines;
    }

    /** When an answer was asked for, and how old it may be. */
    static String age(JsonNode answer, Instant asked) {
        JsonNode freshness = answer.path("freshness_ms");
        String fresh = freshness.isNumber()
                ? "all that was committed until %.1f s before".formatted(freshness.asLong() / 1000.0)
                : "still catching up with the log";
        return CLOCK.format(asked) + " UTC, " + fresh;
    }

    private static String figures(String hour, String currency, long orders, long revenue, String average) {
        return "%-16s %-3s %,9d %18s %14s "
                .formatted(hour, currency, orders, Amounts.format(revenue, digits(currency)), average);
    }

    private static String average(JsonNode row, String currency) {
        JsonNode average = row.path("avg_order");
        if (!average.isNumber()) {
            return "";
        }
        BigDecimal minor = new BigDecimal(average.asText()).movePointRight(digits(currency));
        return Amounts.format(minor.setScale(0, RoundingMode.HALF_UP).longValueExact(), digits(currency));
    }

    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknown) {
            return 2;
        }
    }

    private String bar(long revenue, long best) {
        if (revenue <= 0 || best <= 0) {
            return "";
        }
        int columns = Math.max(SHORTEST_BAR, width - FIGURES - 1);
        long eighths = Math.max(1, Math.round((double) revenue / best * columns * EIGHTHS));
        int rest = (int) (eighths % EIGHTHS);
        return "█".repeat((int) (eighths / EIGHTHS)) + (rest == 0 ? "" : PARTS.charAt(rest));
    }
}
