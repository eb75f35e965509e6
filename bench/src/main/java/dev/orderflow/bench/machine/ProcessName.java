package dev.orderflow.bench.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What people call a process of the stack, from its command line. */
final class ProcessName {

    private static final String OURS = "dev.orderflow.";

    private ProcessName() {}

    /** @param commandLine as in {@code /proc/PID/cmdline}: words that end with a zero byte */
    static String of(String commandLine) {
        List<String> words = Arrays.asList(commandLine.split("\0"));
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(OURS) && !word.contains("=")) {
                return of(word.substring(word.lastIndexOf('.') + 1), i + 1 < words.size() ? words.get(i + 1) : "");
            }
        }
        String program = words.getFirst();
        return program.substring(program.lastIndexOf('/') + 1);
    }

    private static String of(String mainClass, String argument) {
        return switch (mainClass) {
            case "Main" -> argument;
            case "ServiceProcess" -> argument;
            case "EngineServer" -> "clickhouse";
            default -> mainClass.replaceFirst("(Server|Main|Process)$", "").toLowerCase(Locale.ROOT);
        };
    }
}
