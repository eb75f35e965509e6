package dev.orderflow.loyalty;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.schemas.Topics;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;

/** Runs loyalty as a process of its own. */
public final class LoyaltyMain {

    private LoyaltyMain() {}

    /** Runs until it is asked to end; {@link ServiceMain} says with which arguments. */
    public static void main(String[] args) {
        ServiceMain.run(args, LoyaltyMain::topics, LoyaltyService::new);
    }

    private static List<NewTopic> topics(Settings settings) {
        int partitions = (int) settings.number("topics.partitions", 2, 1, 1_000);
        short replication = (short) settings.number("topics.replication", 1, 1, 9);
        return Topics.all().stream()
                .map(topic -> topic.toNewTopic(partitions, replication))
                .toList();
    }
}
