package dev.orderflow.bench.machine;

import java.util.List;

/**
 * One line of {@code /proc/PID/stat} or {@code /proc/PID/task/TID/stat}.
 *
 * @param name the command, or the thread's name: 15 bytes at most
 * @param cpuMillis processor time used, with that of children that have ended and been waited for
 */
record ProcessStat(String name, long cpuMillis) {

    private static final int USER_TIME = 11;
    private static final int REAPED_SYSTEM_TIME = 14;

    /** Reads the line; the name in it may hold any character, so the fields are counted from its last bracket. */
    static ProcessStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        List<String> fields = List.of(line.substring(close + 2).trim().split(" "));
        long ticks = 0;
        for (int field = USER_TIME; field <= REAPED_SYSTEM_TIME; field++) {
            ticks += Long.parseLong(fields.get(field));
        }
        return new ProcessStat(line.substring(open + 1, close), ticks * 1_000 / ProcFile.TICKS_PER_SECOND);
    }
}
