package dev.orderflow.local.client;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orderflow revenue}: the hourly revenue of the last hours. */
@Command(
        name = "revenue",
        description = "Shows the revenue of each hour and currency.",
        footer = {
            "",
            "An order counts in the hour in which it was completed (10 s after it was",
            "confirmed, unless dispatch.duration says otherwise); a refund is negative",
            "revenue in the hour in which it was paid back."
        })
public final class RevenueCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

    @Mixin
    private Address address = new Address();

    @Option(names = "--hours", paramLabel = "N", description = "How many hours back (default: ${DEFAULT-VALUE}).")
    private int hours = 24;

    @Option(names = "--currency", paramLabel = "CODE", description = "Only this ISO 4217 code.")
    private String currency = "";

    @Option(names = "--json", description = "Prints the answer as it is.")
    private boolean json;

    @Option(names = "--watch", description = "Draws it anew again and again, until Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "How often --watch asks (default: ${DEFAULT-VALUE}).")
    private int every = 1;

    @Override
    public Integer call() throws InterruptedException {
        if (watch) {
            watch();
        }
        Api.Answer answer = ask(address.api());
        if (answer.status() != 200) {
            System.err.println("HTTP " + answer.status() + ": " + answer.text("error"));
            return 1;
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (json) {
            out.println(answer.body().toPrettyString());
        } else {
            new RevenueChart(width()).lines(answer.body(), hours).forEach(out::println);
        }
        return 0;
    }

    /** Ends with the process. */
    private void watch() throws InterruptedException {
        Api api = address.api();
        Screen screen = new Screen(System.out, Boolean.getBoolean("orderflow.terminal"));
        RevenueChart chart = new RevenueChart(width());
        while (true) {
            screen.show(picture(api, chart));
            // For the eyes of people, not for something to happen.
            Thread.sleep(Duration.ofSeconds(Math.max(1, every)));
        }
    }

    private List<String> picture(Api api, RevenueChart chart) {
        List<String> lines = new ArrayList<>();
        Instant asked = Instant.now();
        try {
            Api.Answer answer = ask(api);
            if (answer.status() == 200) {
                lines.add("Revenue of the last " + hours + " hours at " + RevenueChart.age(answer.body(), asked)
                        + ". Ctrl-C ends.");
                lines.add("");
                lines.addAll(chart.lines(answer.body(), hours));
            } else {
                lines.add("HTTP " + answer.status() + ": " + answer.text("error"));
            }
        } catch (CommandException unreachable) {
            lines.add(String.valueOf(unreachable.getMessage()));
            lines.add("Asking again. Ctrl-C ends.");
        }
        return lines;
    }

    private Api.Answer ask(Api api) {
        if (!currency.matches("[A-Za-z]{0,3}")) {
            throw new CommandException("'" + currency + "' is no currency: write --currency EUR");
        }
        return api.get(
                "/v0/pipes/revenue_dashboard.json?hours=" + hours + "&currency=" + currency.toUpperCase(Locale.ROOT));
    }

    private static int width() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : WIDTH;
    }
}
