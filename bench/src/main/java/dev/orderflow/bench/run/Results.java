package dev.orderflow.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.orderflow.bench.load.Outcomes;
import dev.orderflow.bench.machine.Meter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Makes results, and writes and reads them as lines of JSON. */
public final class Results {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final double MICROS = 1_000.0;
    private static final double KILOBYTES = 1_024.0;
    /** Threads below this are not worth a word: milliseconds an order. */
    private static final double LEAST_THREAD = 0.001;

    private Results() {}

    /**
     * A result.
     *
     * @param afterMillis processor time between the last outcome and the quiet after it
     */
    static CellResult of(
            String engine, int round, String cell, Outcomes outcomes, Meter.Usage usage, long afterMillis) {
        int orders = outcomes.finished();
        Histogram latency = outcomes.micros();
        return new CellResult(
                engine,
                round,
                cell,
                orders,
                rounded(outcomes.seconds(), 2),
                orders == 0 ? 0 : rounded(orders / outcomes.seconds(), 1),
                millis(latency, 50),
                millis(latency, 95),
                millis(latency, 99),
                rounded(latency.getMaxValue() / MICROS, 2),
                outcomes.confirmed(),
                outcomes.cancelled(),
                outcomes.failed(),
                outcomes.skipped(),
                outcomes.unfinished(),
                perOrder(usage.cpuMillis(), usage.totalCpuMillis(), orders),
                perOrder(afterMillis, orders),
                megabytes(usage),
                threads(usage, orders),
                perOrder(usage.ownCpuMillis(), orders),
                rounded(usage.busyMillis() / (usage.seconds() * 1_000), 2),
                rounded(usage.stolenMillis() / (usage.seconds() * 1_000), 2),
                rounded(usage.otherCores(), 2),
                outcomes.failures());
    }

    /** A line that the peers' harness has written. */
    static CellResult ofPeer(String line, int round) {
        JsonNode cell = read(line, JsonNode.class);
        String name = cell.path("mode").asText().equals("open")
                ? "open:" + cell.path("rate").asInt()
                : "closed:" + cell.path("concurrency").asInt();
        Map<String, Double> cpu = new TreeMap<>();
        Map<String, Long> memory = new TreeMap<>();
        for (String process : new String[] {"worker", "engine"}) {
            if (cell.path("cpu_ms_per_order").has(process)) {
                cpu.put(process, cell.path("cpu_ms_per_order").path(process).asDouble());
                memory.put(process, cell.path("peak_rss_mb").path(process).asLong());
            }
        }
        cpu.put(
                CellResult.TOTAL,
                rounded(cpu.values().stream().mapToDouble(Double::doubleValue).sum(), 3));
        memory.put(
                CellResult.TOTAL,
                memory.values().stream().mapToLong(Long::longValue).sum());
        int orders = cell.path("orders").asInt();
        Map<String, Integer> errors = new TreeMap<>();
        cell.path("errors")
                .properties()
                .forEach(error -> errors.put(error.getKey(), error.getValue().asInt()));
        JsonNode machine = cell.path("machine");
        return new CellResult(
                cell.path("engine").asText(),
                round,
                name,
                orders,
                cell.path("seconds").asDouble(),
                cell.path("orders_per_s").asDouble(),
                cell.path("p50_ms").asDouble(),
                cell.path("p95_ms").asDouble(),
                cell.path("p99_ms").asDouble(),
                cell.path("max_ms").asDouble(),
                cell.path("confirmed").asInt(),
                cell.path("cancelled").asInt(),
                cell.path("failures").asInt(),
                cell.path("not_sent").asInt(),
                cell.path("unfinished").asInt(),
                cpu,
                0,
                memory,
                Map.of(),
                perOrder((long) (cell.path("loadgen_cpu_s").asDouble() * 1_000), orders),
                machine.path("busy_cores").asDouble(),
                machine.path("steal_cores").asDouble(),
                machine.path("other_busy_cores").asDouble(),
                errors);
    }

    /** One line of JSON. */
    public static String line(CellResult result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads a line again. */
    public static CellResult parse(String line) {
        return read(line, CellResult.class);
    }

    private static <T> T read(String line, Class<T> type) {
        try {
            return JSON.readValue(line, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("This is no result of a cell: " + line, broken);
        }
    }

    private static double millis(Histogram latency, double percentile) {
        return rounded(latency.getValueAtPercentile(percentile) / MICROS, 2);
    }

    private static Map<String, Double> perOrder(Map<String, Long> millis, long total, int orders) {
        Map<String, Double> shares = new TreeMap<>();
        millis.forEach((name, used) -> shares.put(name, perOrder(used, orders)));
        shares.put(CellResult.TOTAL, perOrder(total, orders));
        return shares;
    }

    private static Map<String, Double> threads(Meter.Usage usage, int orders) {
        Map<String, Double> shares = new TreeMap<>();
        usage.threadMillis().forEach((name, used) -> {
            double share = perOrder(used, orders);
            if (share >= LEAST_THREAD) {
                shares.put(name, share);
            }
        });
        return shares;
    }

    private static Map<String, Long> megabytes(Meter.Usage usage) {
        Map<String, Long> megabytes = new TreeMap<>();
        usage.peakKilobytes().forEach((name, kilobytes) -> megabytes.put(name, Math.round(kilobytes / KILOBYTES)));
        megabytes.put(CellResult.TOTAL, Math.round(usage.peakTotalKilobytes() / KILOBYTES));
        return megabytes;
    }

    private static double perOrder(long millis, int orders) {
        return orders == 0 ? 0 : rounded((double) millis / orders, 3);
    }

    private static double rounded(double value, int digits) {
        double factor = Math.pow(10, digits);
        return Math.round(value * factor) / factor;
    }
}
