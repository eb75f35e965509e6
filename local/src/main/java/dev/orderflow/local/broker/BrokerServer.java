package dev.orderflow.local.broker;

import dev.orderflow.local.process.ChildSide;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The embedded broker as a process of its own: {@code BrokerServer DIRECTORY PORT [name=value ...]}. Says
 * {@code ready 127.0.0.1:PORT} when it accepts requests; stops cleanly on SIGTERM and when its parent is gone.
 */
public final class BrokerServer {

    private static final Duration GRACE = Duration.ofSeconds(3);

    private BrokerServer() {}

    /** Starts the broker; the arguments are as in the description of the class. */
    public static void main(String... args) {
        if (args.length < 2) {
            throw new IllegalArgumentException("usage: BrokerServer DIRECTORY PORT [name=value ...]");
        }
        Path directory = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        Map<String, String> overrides = overrides(List.of(args).subList(2, args.length));
        try {
            EmbeddedBroker broker = new EmbeddedBroker(directory, port, overrides);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
            ChildSide.leaveInterruptToParent();
            ChildSide.endWithParent(GRACE);
            broker.start();
            ChildSide.ready(System.out, broker.bootstrap());
        } catch (RuntimeException e) {
            // Kafka's threads may be running already: only an exit ends them.
            System.err.println(e.getMessage());
            Runtime.getRuntime().exit(1);
        }
    }

    private static Map<String, String> overrides(List<String> assignments) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + assignment + "\" is not name=value");
            }
            overrides.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return overrides;
    }
}
