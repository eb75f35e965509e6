package dev.orderflow.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Small programs that the tests start as processes. */
final class Children {

    private Children() {}

    static ChildProcess start(Class<?> program, Path directory, String... arguments) {
        return ChildProcess.start(
                program.getSimpleName(),
                JavaCommand.ofThisProgram(
                        program, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), List.of(arguments)),
                directory,
                Map.of(),
                directory.resolve(program.getSimpleName() + ".log"));
    }

    private static void waitForEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** Is ready at once and ends with its parent. */
    static final class Obedient {
        public static void main(String... args) throws InterruptedException {
            ChildSide.leaveInterruptToParent();
            ChildSide.endWithParent(Duration.ZERO);
            ChildSide.ready(System.out, args.length == 0 ? "here" : args[0]);
            waitForEver();
        }
    }

    /** Ends with its parent, but its shutdown hook hangs. */
    static final class Stubborn {
        public static void main(String... args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    waitForEver();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            ChildSide.endWithParent(Duration.ofMillis(200));
            ChildSide.ready(System.out, "here");
            waitForEver();
        }
    }

    /** Starts another program as its own child and says that one's process id. */
    static final class Parent {
        public static void main(String... args) throws Exception {
            ChildProcess child = start(Class.forName(args[0]), Path.of(args[1]));
            child.awaitReadyLine(Duration.ofSeconds(20));
            ChildSide.ready(System.out, Long.toString(child.pid()));
            waitForEver();
        }
    }

    /** Says why it cannot go on, and ends. */
    static final class Failing {
        public static void main(String... args) {
            System.err.println("no room on the disk");
            Runtime.getRuntime().exit(3);
        }
    }

    /** Takes a data directory. */
    static final class Holder {
        public static void main(String... args) throws InterruptedException {
            ChildSide.endWithParent(Duration.ZERO);
            DataDirectory data = DataDirectory.open(Path.of(args[0]), "http://127.0.0.1:8080");
            ChildSide.ready(System.out, data.path().toString());
            waitForEver();
        }
    }
}
