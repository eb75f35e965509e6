package dev.orderflow.local.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A broker of an earlier run that is still on its way out. A broker in a process of its own learns of a kill -9 of its
 * parent at once, but takes half a second to close, while people type {@code up} again.
 */
final class LeftoverBroker {

    /** Kafka's own lock on a directory. */
    private static final String LOCK = ".lock";

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private LeftoverBroker() {}

    /** Waits until nobody else has the directory or the limit has passed; what is true then, Kafka finds out itself. */
    static void awaitEnd(Path directory, Duration limit) throws IOException, InterruptedException {
        Path lock = directory.resolve(LOCK);
        long deadline = System.nanoTime() + limit.toNanos();
        while (Files.exists(lock) && isHeld(lock) && System.nanoTime() - deadline < 0) {
            // The lock of another process tells nobody when it is free, and waiting inside the system has no limit.
            Thread.sleep(INTERVAL);
        }
    }

    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            // A broker of this very process will not end while it is waited for.
            return false;
        }
    }
}
