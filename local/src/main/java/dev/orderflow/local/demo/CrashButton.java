package dev.orderflow.local.demo;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Kills parts of the product as kill -9 does. Safe for use by several threads. */
public final class CrashButton {

    private final Map<String, LongSupplier> processes = new ConcurrentHashMap<>();

    /**
     * Names a part that can be killed.
     *
     * @param process the id of the process that it runs in now
     */
    public void add(String part, LongSupplier process) {
        processes.put(part, process);
    }

    /** What can be killed. */
    Collection<String> parts() {
        return new TreeSet<>(processes.keySet());
    }

    /** The process of a part, now; empty when there is no such part. */
    Optional<Long> process(String part) {
        return Optional.ofNullable(processes.get(part)).map(LongSupplier::getAsLong);
    }

    /** Kills a process. Where it is this one, nothing after this runs. */
    static void kill(long process) {
        if (process == ProcessHandle.current().pid()) {
            Runtime.getRuntime().halt(137);
        }
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
    }
}
