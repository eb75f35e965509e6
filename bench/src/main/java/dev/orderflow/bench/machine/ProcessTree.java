package dev.orderflow.bench.machine;

import java.io.File;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process and all its descendants, as {@code /proc} shows them. Linux only. Safe for use by several threads. */
public final class ProcessTree {

    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final long root;
    private volatile Map<Long, String> members;

    /** @param root the id of the process at the top */
    public ProcessTree(long root) {
        this.root = root;
        this.members = find();
    }

    /** Looks for descendants that are new. Dear: to be done between measurements. */
    public void refresh() {
        members = find();
    }

    /** Processor time used since each process began, in milliseconds, by the name of the process. */
    public Map<String, Long> cpuMillis() {
        Map<String, Long> used = new TreeMap<>();
        members.forEach((pid, name) -> ProcFile.read(pid + "/stat")
                .ifPresent(line -> used.merge(name, ProcessStat.parse(line).cpuMillis(), Long::sum)));
        return used;
    }

    /** Processor time of the threads of the process at the top, in milliseconds, by the first letters of their names. */
    public Map<String, Long> threadMillis() {
        Map<String, Long> used = new TreeMap<>();
        String[] threads = new File("/proc/" + root + "/task").list();
        if (threads == null) {
            return used;
        }
        for (String thread : threads) {
            ProcFile.read(root + "/task/" + thread + "/stat")
                    .map(ProcessStat::parse)
                    .ifPresent(stat -> used.merge(stat.name(), stat.cpuMillis(), Long::sum));
        }
        return used;
    }

    /** Memory in kilobytes, by the name of the process; what several share counts for each in part (PSS). */
    public Map<String, Long> memoryKilobytes() {
        Map<String, Long> used = new TreeMap<>();
        members.forEach((pid, name) -> ProcFile.read(pid + "/smaps_rollup").ifPresent(text -> {
            Matcher pss = PSS.matcher(text);
            if (pss.find()) {
                used.merge(name, Long.parseLong(pss.group(1)), Long::sum);
            }
        }));
        return used;
    }

    private Map<Long, String> find() {
        Map<Long, String> found = new LinkedHashMap<>();
        Deque<Long> left = new ArrayDeque<>();
        left.add(root);
        while (!left.isEmpty()) {
            long pid = left.remove();
            String name = ProcFile.read(pid + "/cmdline").map(ProcessName::of).orElse("ended");
            if (found.putIfAbsent(pid, name) == null) {
                children(pid, left);
            }
        }
        return found;
    }

    private static void children(long pid, Deque<Long> found) {
        String[] threads = new File("/proc/" + pid + "/task").list();
        if (threads == null) {
            return;
        }
        for (String thread : threads) {
            ProcFile.read(pid + "/task/" + thread + "/children").ifPresent(text -> {
                Matcher number = NUMBER.matcher(text);
                while (number.find()) {
                    found.add(Long.parseLong(number.group()));
                }
            });
        }
    }
}
