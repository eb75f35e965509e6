package dev.orderflow.bench.machine;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the measured processes, this one and everybody else use between its making and {@link #stop}. For use by one thread.
 */
public final class Meter {

    private final ProcessTree measured;
    private final Map<String, Long> cpuBefore;
    private final Map<String, Long> threadsBefore;
    private final long ownBefore;
    private final MachineTime machineBefore;
    private final long startedAt;
    private final Map<String, Long> peak = new TreeMap<>();
    private long peakTotal;

    /**
     * What was used.
     *
     * @param seconds how long it was measured
     * @param cpuMillis of the measured processes, by name
     * @param threadMillis of the threads of the first of them, by name
     * @param peakKilobytes each process at its highest
     * @param peakTotalKilobytes all of them together, at their highest
     * @param ownCpuMillis of this process, which makes the load
     * @param busyMillis of all processors, whoever used them
     * @param stolenMillis that a host took away
     */
    public record Usage(
            double seconds,
            Map<String, Long> cpuMillis,
            Map<String, Long> threadMillis,
            Map<String, Long> peakKilobytes,
            long peakTotalKilobytes,
            long ownCpuMillis,
            long busyMillis,
            long stolenMillis) {

        /** Of the measured processes together. */
        public long totalCpuMillis() {
            return cpuMillis.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Processors that were busy with something else: the noise of the measurement. */
        public double otherCores() {
            return Math.max(0, (busyMillis - totalCpuMillis() - ownCpuMillis) / (seconds * 1_000));
        }
    }

    /** Begins to measure a process and its descendants. */
    public Meter(ProcessTree measured) {
        this.measured = measured;
        measured.refresh();
        cpuBefore = measured.cpuMillis();
        threadsBefore = measured.threadMillis();
        ownBefore = own();
        machineBefore = MachineTime.now();
        startedAt = System.nanoTime();
        sampleMemory();
    }

    /** Looks at the memory; to be called now and then. */
    public void sampleMemory() {
        Map<String, Long> now = measured.memoryKilobytes();
        now.forEach((name, kilobytes) -> peak.merge(name, kilobytes, Math::max));
        peakTotal = Math.max(
                peakTotal, now.values().stream().mapToLong(Long::longValue).sum());
    }

    /** What was used so far. */
    public Usage stop() {
        sampleMemory();
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        MachineTime machine = MachineTime.now();
        return new Usage(
                seconds,
                since(cpuBefore, measured.cpuMillis()),
                since(threadsBefore, measured.threadMillis()),
                Map.copyOf(peak),
                peakTotal,
                own() - ownBefore,
                machine.busyMillis() - machineBefore.busyMillis(),
                machine.stolenMillis() - machineBefore.stolenMillis());
    }

    private static long own() {
        return ProcFile.read("self/stat")
                .map(line -> ProcessStat.parse(line).cpuMillis())
                .orElse(0L);
    }

    private static Map<String, Long> since(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> used = new TreeMap<>();
        after.forEach((name, millis) -> used.put(name, Math.max(0, millis - before.getOrDefault(name, 0L))));
        return used;
    }
}
