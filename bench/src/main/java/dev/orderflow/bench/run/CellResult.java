package dev.orderflow.bench.run;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one cell has shown; one line of JSON, with names in snake case.
 *
 * @param engine what was measured
 * @param round which of several rounds
 * @param cell its name
 * @param orders with an outcome
 * @param seconds from the first order sent to the last outcome
 * @param p50Ms latency; in open loops from the time at which the order was to be sent
 * @param failures orders without an outcome: refused, or their connection broke
 * @param notSent orders of an open loop that were due while thousands were under way
 * @param unfinished orders that had no outcome a minute after the end
 * @param cpuMsPerOrder processor time by process, and {@code total}
 * @param afterCpuMsPerOrder processor time used after the last outcome until the stack was quiet, all processes together
 * @param peakMb memory (PSS) by process, and {@code total}: the highest sum, not the sum of the highest
 * @param threadsCpuMsPerOrder processor time of the threads of the main process, by the first 15 letters of their name
 * @param loadCpuMsPerOrder processor time of what made the load
 * @param busyCores processors at work for anybody
 * @param stolenCores processors that a host took away
 * @param otherCores processors at work for somebody else: the noise
 * @param errors what went wrong, and how often
 */
public record CellResult(
        String engine,
        int round,
        String cell,
        int orders,
        double seconds,
        double ordersPerS,
        double p50Ms,
        double p95Ms,
        double p99Ms,
        double maxMs,
        int confirmed,
        int cancelled,
        int failures,
        int notSent,
        int unfinished,
        Map<String, Double> cpuMsPerOrder,
        double afterCpuMsPerOrder,
        Map<String, Long> peakMb,
        Map<String, Double> threadsCpuMsPerOrder,
        double loadCpuMsPerOrder,
        double busyCores,
        double stolenCores,
        double otherCores,
        Map<String, Integer> errors) {

    /** The name of the sum in the maps. */
    public static final String TOTAL = "total";

    public CellResult {
        cpuMsPerOrder = new TreeMap<>(cpuMsPerOrder);
        peakMb = new TreeMap<>(peakMb);
        threadsCpuMsPerOrder = new TreeMap<>(threadsCpuMsPerOrder);
        errors = new TreeMap<>(errors);
    }

    /** Processor time of one order in all processes, in milliseconds. */
    public double cpuMs() {
        return cpuMsPerOrder.getOrDefault(TOTAL, 0.0);
    }

    /** Memory of all processes at its highest, in megabytes. */
    public long memoryMb() {
        return peakMb.getOrDefault(TOTAL, 0L);
    }

    /** Whether every order had its outcome. */
    public boolean isClean() {
        return failures == 0 && notSent == 0 && unfinished == 0;
    }
}
