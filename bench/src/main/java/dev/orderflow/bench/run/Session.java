package dev.orderflow.bench.run;

import dev.orderflow.local.process.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Carries a plan out. For use by one thread. */
public final class Session {

    /** What the floor runs with where no stack ran before it. */
    private static final List<String> USUAL_OPTIONS = List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Plan plan;
    private final Path out;
    private final Watcher watcher;
    private List<String> stackOptions = USUAL_OPTIONS;

    /** @param out where logs are kept, and data for as long as it runs */
    public Session(Plan plan, Path out, Watcher watcher) {
        this.plan = plan;
        this.out = out;
        this.watcher = watcher;
    }

    /** Runs everything. */
    public void run() {
        int number = 0;
        for (Plan.Turn turn : plan.turns()) {
            number++;
            Path data = out.resolve("data").resolve(Integer.toString(number));
            Path logs = out.resolve("logs");
            makeDirectory(logs);
            Path log = logs.resolve(number + "-" + turn.subject().label() + ".log");
            switch (turn.subject()) {
                case Subject.Stack stack -> stack(stack, turn, data, log);
                case Subject.Floor floor -> floor(floor, turn, data, log);
                case Subject.Peer peer -> PeerRound.run(peer, turn.round(), turn.cells(), plan.pace(), watcher, log);
            }
        }
    }

    private void stack(Subject.Stack stack, Plan.Turn turn, Path data, Path log) {
        watcher.now(stack.label() + " starts");
        try (StackProcess process = StackProcess.start(stack, data, log)) {
            stackOptions = options(process.pid());
            process.fillShelves();
            try (StackRound round = new StackRound(stack.label(), turn.round(), plan.pace(), watcher, process)) {
                round.warmUp();
                turn.cells().forEach(round::run);
            }
        }
        throwAway(data);
    }

    private void floor(Subject.Floor floor, Plan.Turn turn, Path data, Path log) {
        watcher.now(floor.label() + " starts");
        try (FloorRound round = FloorRound.start(floor, turn.round(), plan.pace(), watcher, stackOptions, data, log)) {
            round.warmUp();
            for (Cell cell : turn.cells()) {
                if (cell instanceof Cell.Floor each) {
                    round.run(each);
                }
            }
        }
        throwAway(data);
    }

    /** The options that a virtual machine was started with, so that another one can be started alike. */
    private static List<String> options(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.UTF_8);
            return Arrays.stream(line.split("\0"))
                    .skip(1)
                    .takeWhile(word -> !word.equals("-cp"))
                    .filter(word -> word.startsWith("-X") || word.startsWith("--"))
                    // The archive of another program's classes.
                    .filter(word -> !word.startsWith("-XX:AOT") && !word.startsWith("-Xlog"))
                    .toList();
        } catch (IOException unreadable) {
            return USUAL_OPTIONS;
        }
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("No directory can be made at " + directory, failure);
        }
    }

    private static void throwAway(Path data) {
        try (DataDirectory directory = DataDirectory.open(data, "bench")) {
            directory.empty();
        }
    }
}
