package dev.orderflow.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orderflow revenue}: the hourly revenue of the last hours. */
@Command(name = "revenue", description = "Shows the revenue of each hour and currency.")
public final class RevenueCommand implements Callable<Integer> {

    private static final int BAR = 24;

    @Mixin
    private Address address = new Address();

    @Option(names = "--hours", paramLabel = "N", description = "How many hours back (default: ${DEFAULT-VALUE}).")
    private int hours = 24;

    @Option(names = "--json", description = "Prints the answer as it is.")
    private boolean json;

    @Override
    public Integer call() {
        Api.Answer answer = address.api().get("/v0/pipes/revenue_dashboard.json?hours=" + hours);
        if (answer.status() != 200) {
            System.err.println("HTTP " + answer.status() + ": " + answer.text("error"));
            return 1;
        }
        if (json) {
            System.out.println(answer.body().toPrettyString());
            return 0;
        }
        JsonNode rows = answer.body().path("data");
        Map<String, Long> highest = new TreeMap<>();
        for (JsonNode row : rows) {
            highest.merge(
                    row.path("currency").asText(), row.path("revenue_minor").asLong(), Math::max);
        }
        System.out.printf("%-20s %-4s %10s %18s %14s%n", "hour", "", "orders", "revenue", "average");
        for (JsonNode row : rows) {
            long most = Math.max(1, highest.getOrDefault(row.path("currency").asText(), 1L));
            int length = (int) Math.max(0, row.path("revenue_minor").asLong() * BAR / most);
            System.out.printf(
                    "%-20s %-4s %,10d %18s %14s %s%n",
                    row.path("hour").asText(),
                    row.path("currency").asText(),
                    row.path("order_count").asLong(),
                    row.path("revenue").asText(),
                    row.path("avg_order").asText(),
                    "#".repeat(length));
        }
        if (rows.isEmpty()) {
            System.out.println("No order has been completed in the last " + hours + " hours.");
        }
        return 0;
    }
}
