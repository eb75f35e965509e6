package dev.orderflow.system;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Kills a process that does not end in time, and says what it and all others that the tests have started were doing. */
final class Watchdog implements AutoCloseable {

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Watchdog(ProcessHandle process, Duration limit) {
        CompletableFuture<Void> _ = ended.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionallyAsync(late -> {
                    try {
                        System.err.printf(
                                "%s did not end within %d s. What the processes are doing:%n%s%n",
                                process.info().commandLine().orElse("A command"),
                                limit.toSeconds(),
                                ThreadDump.ofAllUnder(ProcessHandle.current()));
                    } finally {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                    }
                    return null;
                });
    }

    @Override
    public void close() {
        ended.complete(null);
    }
}
