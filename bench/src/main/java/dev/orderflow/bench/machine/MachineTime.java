package dev.orderflow.bench.machine;

/**
 * What all processors together have done since the machine began.
 *
 * @param busyMillis at work for anybody
 * @param stolenMillis taken away by the host of a virtual machine
 */
public record MachineTime(long busyMillis, long stolenMillis) {

    private static final int USER = 1;
    private static final int NICE = 2;
    private static final int SYSTEM = 3;
    private static final int INTERRUPT = 6;
    private static final int SOFT_INTERRUPT = 7;
    private static final int STOLEN = 8;

    /** As {@code /proc/stat} says now. */
    public static MachineTime now() {
        return parse(ProcFile.read("stat").orElse("cpu 0 0 0 0 0 0 0 0"));
    }

    static MachineTime parse(String stat) {
        String[] fields = stat.lines().findFirst().orElse("").trim().split("\\s+");
        long busy = ticks(fields, USER)
                + ticks(fields, NICE)
                + ticks(fields, SYSTEM)
                + ticks(fields, INTERRUPT)
                + ticks(fields, SOFT_INTERRUPT);
        return new MachineTime(millis(busy), millis(ticks(fields, STOLEN)));
    }

    private static long ticks(String[] fields, int index) {
        return index < fields.length ? Long.parseLong(fields[index]) : 0;
    }

    private static long millis(long ticks) {
        return ticks * 1_000 / ProcFile.TICKS_PER_SECOND;
    }
}
