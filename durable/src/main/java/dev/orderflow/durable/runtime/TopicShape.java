package dev.orderflow.durable.runtime;

import dev.orderflow.durable.settings.Settings;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How topics are created where they are missing.
 *
 * @param partitions of each, 1 to 1,000: the same for all, since one task reads several of them together
 * @param replication copies of each, 1 to 9
 */
public record TopicShape(int partitions, short replication) {

    /** How many partitions topics have where nothing is said: enough for two instances. */
    public static final int PARTITIONS = 2;

    /** The topics of a product in this shape. */
    public interface Catalogue {

        /** Every topic, to be created where it is missing. */
        List<NewTopic> topics(int partitions, short replication);
    }

    /**
     * By {@code topics.partitions} and {@code topics.replication}.
     *
     * @param partitions where nothing is said of them
     */
    public static TopicShape from(Settings settings, int partitions) {
        int chosen = (int) settings.number("topics.partitions", partitions, 1, 1_000);
        return new TopicShape(chosen, (short) settings.number("topics.replication", 1, 1, 9));
    }

    /** The topics of this catalogue in this shape. */
    public List<NewTopic> of(Catalogue catalogue) {
        return catalogue.topics(partitions, replication);
    }
}
