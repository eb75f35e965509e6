package dev.orderflow.bench.run;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * What an order of the previous release cost, and how much more one may cost now. Both are counted in floors: the
 * processor time of a record that goes through as many empty transactions in the same run, so that a slower or busier machine
 * changes both and not their ratio.
 *
 * @param release which release it was
 * @param orderCpuMs of an order, all processes together
 * @param floorCpuMs of a record through the floor, on the same machine in the same run
 * @param tolerancePercent how much higher the ratio may be
 */
public record Budget(String release, double orderCpuMs, double floorCpuMs, int tolerancePercent) {

    /** More of the machine in other hands than this, in processors, and nothing is to be learned. */
    static final double LOUD_CORES = 1.0;

    /** With fewer orders in a cell, what a start leaves behind counts for more than the orders. */
    static final int LEAST_ORDERS = 2_000;

    public Budget {
        if (orderCpuMs <= 0 || floorCpuMs <= 0 || tolerancePercent < 0) {
            throw new IllegalArgumentException("a budget needs times above 0 and a tolerance of 0 or more, not "
                    + orderCpuMs + ", " + floorCpuMs + " and " + tolerancePercent);
        }
    }

    /** What is to be said of a build. */
    public sealed interface Verdict {

        /** For people. */
        String text();

        /** It costs no more than it may. */
        record Kept(String text) implements Verdict {}

        /** It costs more than it may. */
        record Exceeded(String text) implements Verdict {}

        /** The machine was too busy to tell. */
        record Unknown(String text) implements Verdict {}
    }

    /** Reads a file that {@link #write} has written. */
    public static Budget read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The budget cannot be read from " + file, unreadable);
        }
        return new Budget(
                properties.getProperty("release", "unknown"),
                Double.parseDouble(properties.getProperty("order.cpu-ms", "0")),
                Double.parseDouble(properties.getProperty("floor.cpu-ms", "0")),
                Integer.parseInt(properties.getProperty("tolerance-percent", "-1")));
    }

    /** Writes it down for the next release. */
    public void write(Path file) {
        String text = String.format(Locale.ROOT, """
                # What an order costs in processor time, beside a record through as many empty transactions in the same run.
                # Written by: ./orderflow bench --record-budget, on a quiet machine, for each release.
                release=%s
                order.cpu-ms=%.3f
                floor.cpu-ms=%.3f
                tolerance-percent=%d
                """, release, orderCpuMs, floorCpuMs, tolerancePercent);
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("The budget cannot be written to " + file, failure);
        }
    }

    /** How many floors an order cost. */
    public double floors() {
        return orderCpuMs / floorCpuMs;
    }

    /** The most that one may cost, in floors. */
    public double limit() {
        return floors() * (100 + tolerancePercent) / 100;
    }

    /**
     * Holds a build against it.
     *
     * @param order the cell of the orders
     * @param floor the cell of the floor, from the same run
     */
    public Verdict judge(CellResult order, CellResult floor) {
        double now = order.cpuMs() / floor.cpuMs();
        String both = String.format(
                Locale.ROOT,
                "this build: %.3f ms of processor time per order = %.1f floors of %.3f ms (noise %.2f and %.2f cores)%n"
                        + "release %s: %.3f ms = %.1f floors of %.3f ms; the limit is %.1f floors",
                order.cpuMs(),
                now,
                floor.cpuMs(),
                order.otherCores(),
                floor.otherCores(),
                release,
                orderCpuMs,
                floors(),
                floorCpuMs,
                limit());
        if (order.orders() < LEAST_ORDERS || floor.orders() < LEAST_ORDERS) {
            return new Verdict.Unknown(both + "\nnot judged: fewer than " + LEAST_ORDERS + " orders");
        }
        if (now <= limit()) {
            return new Verdict.Kept(both + "\nwithin the budget");
        }
        // Noise makes batches smaller and caches colder, on both sides but not alike.
        return Math.max(order.otherCores(), floor.otherCores()) > LOUD_CORES
                ? new Verdict.Unknown(both + "\nover the limit, but not judged: the machine was busy with other work")
                : new Verdict.Exceeded(both + "\nover the limit");
    }
}
