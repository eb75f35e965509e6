package dev.orderflow.bench.floor;

import dev.orderflow.local.broker.EmbeddedBroker;
import dev.orderflow.local.process.ChildSide;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A broker and four plain consume-transform-produce loops that hand records on, in one process: {@code FloorMain DIRECTORY
 * [broker property=value ...]}. Says {@code ready 127.0.0.1:PORT}. What an order could cost at least, with as many
 * transactional hops as it takes: saga, inventory, payment, saga.
 */
public final class FloorMain {

    private static final int HOPS = 4;
    /** As many as the local stack has. */
    private static final int PARTITIONS = 1;

    private static final Duration GRACE = Duration.ofSeconds(3);

    private FloorMain() {}

    /** The topic that records go into. */
    public static String first() {
        return topic(0);
    }

    /** The topic that they come out of. */
    public static String last() {
        return topic(HOPS);
    }

    /** Runs until it is told to stop. */
    public static void main(String... args) throws InterruptedException {
        EmbeddedBroker broker =
                new EmbeddedBroker(Path.of(args[0]), 0, properties(List.of(args).subList(1, args.length)));
        ChildSide.leaveInterruptToParent();
        ChildSide.endWithParent(GRACE);
        broker.start();
        createTopics(broker.bootstrap());
        List<Hop> hops = new ArrayList<>();
        for (int hop = 0; hop < HOPS; hop++) {
            hops.add(new Hop(broker.bootstrap(), "hop-" + hop, topic(hop), topic(hop + 1)));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            hops.forEach(Hop::close);
            broker.close();
        }));
        for (Hop hop : hops) {
            hop.start();
        }
        ChildSide.ready(System.out, broker.bootstrap());
        for (Hop hop : hops) {
            hop.join();
        }
    }

    private static String topic(int index) {
        return "floor-" + index;
    }

    private static void createTopics(String bootstrap) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            List<NewTopic> topics = new ArrayList<>();
            for (int index = 0; index <= HOPS; index++) {
                topics.add(new NewTopic(topic(index), PARTITIONS, (short) 1));
            }
            admin.createTopics(topics).all().get();
        } catch (ExecutionException refused) {
            throw new IllegalStateException("The topics of the floor cannot be made", refused);
        }
    }

    private static Map<String, String> properties(List<String> assignments) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            properties.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return properties;
    }
}
