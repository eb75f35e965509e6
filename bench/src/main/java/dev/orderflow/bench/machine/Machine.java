package dev.orderflow.bench.machine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine, for people. */
public final class Machine {

    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");
    private static final Pattern MEMORY = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final long KILOBYTES_PER_GIGABYTE = 1 << 20;

    private Machine() {}

    /** What numbers depend on, by name. */
    public static Map<String, String> description() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put(
                "processors",
                Runtime.getRuntime().availableProcessors() + " x " + first(MODEL, "cpuinfo", "an unknown model"));
        facts.put("memory", Long.parseLong(first(MEMORY, "meminfo", "0")) / KILOBYTES_PER_GIGABYTE + " GB");
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
        facts.put("load before", ProcFile.read("loadavg").orElse("unknown").strip());
        return facts;
    }

    private static String first(Pattern pattern, String file, String otherwise) {
        Matcher matcher = pattern.matcher(ProcFile.read(file).orElse(""));
        return matcher.find() ? matcher.group(1) : otherwise;
    }
}
