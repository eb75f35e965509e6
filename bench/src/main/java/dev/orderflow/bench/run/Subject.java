package dev.orderflow.bench.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What is measured. */
public sealed interface Subject {

    /** The broker's word for durable: flushed to disk before it is answered. */
    String FLUSH_EVERY_APPEND = "log.flush.interval.messages=1";

    /** How results name it. */
    String label();

    /** What has reached a disk, and which copies there are, when it answers. */
    String durability();

    /** Arguments of {@code up} that also flush every append before it is answered. */
    static List<String> durably(List<String> arguments) {
        return Stream.concat(arguments.stream(), Stream.of("--set", "kafka.broker." + FLUSH_EVERY_APPEND))
                .toList();
    }

    /** Arguments of {@code up} that also leave services out, whose names have commas between them. */
    static List<String> without(String services, List<String> arguments) {
        return Stream.concat(arguments.stream(), Stream.of("--without", services))
                .toList();
    }

    /**
     * {@code ./orderflow up}.
     *
     * @param home the directory of its {@code orderflow}
     * @param built whether it needs no build
     * @param arguments further arguments of {@code up}
     * @param durable whether every append is flushed before it is answered
     */
    record Stack(String label, Path home, boolean built, List<String> arguments, boolean durable) implements Subject {
        public Stack {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String durability() {
            return durable
                    ? "every append to the log is flushed to disk (fsync) before it is answered; one broker, no replica"
                    : "every append to the log is in the page cache of the system when it is answered, on disk a moment"
                            + " later: it survives kill -9, not a power cut; one broker, no replica";
        }
    }

    /**
     * The hops alone.
     *
     * @param durable whether every append is flushed before it is answered
     */
    record Floor(String label, boolean durable) implements Subject {
        @Override
        public String durability() {
            return durable ? "as the stack with --durable" : "as the stack";
        }
    }

    /**
     * An engine of the peers' harness.
     *
     * @param directory of the harness
     */
    record Peer(String label, Path directory) implements Subject {
        @Override
        public String durability() {
            if (label.startsWith("restate")) {
                return "every step in the log of the one server (RocksDB's write-ahead log, fsync), no replica;"
                        + (label.contains("native") ? " stock in the engine" : " stock outside, in memory only");
            }
            if (label.startsWith("dbos")) {
                return "every step one commit of PostgreSQL (fsync on, synchronous_commit on), no replica;"
                        + (label.contains("native") ? " stock in PostgreSQL" : " stock outside, in memory only");
            }
            return label.equals("none") ? "nothing: all in memory, lost with the process" : "see its own README";
        }
    }
}
