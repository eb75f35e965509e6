package dev.orderflow.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What the threads of Java processes are doing, virtual ones included, for a test that waits in vain. */
final class ThreadDump {

    private static final String TOOL =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    private static final int LIMIT_SECONDS = 20;

    private ThreadDump() {}

    /** Of all processes that another has started, which need not be able to answer anything else. */
    static String ofAllUnder(ProcessHandle parent) {
        return parent.descendants()
                .filter(ThreadDump::isJava)
                .map(process -> process.info().commandLine().orElse("") + "\n" + of(process))
                .collect(Collectors.joining("\n"));
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().filter(path -> path.endsWith("/java")).isPresent();
    }

    private static String of(ProcessHandle process) {
        try {
            Path file = Files.createTempFile("threads", ".txt");
            try {
                Process tool = new ProcessBuilder(
                                TOOL,
                                Long.toString(process.pid()),
                                "Thread.dump_to_file",
                                "-overwrite",
                                file.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!tool.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    tool.destroyForcibly();
                }
                return Files.readString(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            return failure.toString();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return interrupted.toString();
        }
    }
}
