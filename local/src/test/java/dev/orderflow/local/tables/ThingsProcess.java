package dev.orderflow.local.tables;

import dev.orderflow.durable.runtime.DurableApplication;
import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.ChildSide;
import dev.orderflow.local.process.JavaCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Things as a process of its own, which a test can kill, also while it hangs in the middle of a transaction. */
final class ThingsProcess {

    private ThingsProcess() {}

    /** Starts it; what it keeps stays in the directory, as after any restart. */
    static ChildProcess start(Path directory, String bootstrap) {
        return ChildProcess.start(
                "things",
                JavaCommand.ofThisProgram(
                        ThingsProcess.class,
                        List.of("-Xmx384m", "-XX:+UseSerialGC"),
                        List.of(
                                bootstrap,
                                state(directory).toString(),
                                hangs(directory).toString())),
                directory,
                Map.of(),
                directory.resolve("things.log"));
    }

    static Path state(Path directory) {
        return directory.resolve("state");
    }

    /** There as soon as it hangs. */
    static Path hangs(Path directory) {
        return directory.resolve("hangs");
    }

    /** Runs until its parent ends it. */
    public static void main(String... arguments) throws InterruptedException {
        ChildSide.endWithParent(Duration.ZERO);
        try (DurableApplication application = Things.application(
                arguments[0], Path.of(arguments[1]), new SimpleMeterRegistry(), () -> hang(Path.of(arguments[2])))) {
            application.start();
            ChildSide.ready(System.out, "here");
            new CountDownLatch(1).await();
        }
    }

    private static void hang(Path sign) {
        try {
            Files.createFile(sign);
            new CountDownLatch(1).await();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
