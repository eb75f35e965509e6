package dev.orderflow.durable.runtime;

import dev.orderflow.durable.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a process reaches Kafka, and where its applications keep their state. Immutable.
 *
 * @param bootstrap {@code host:port}, several with commas between
 * @param prefix in front of every application and group id, so that two installations can share a cluster
 * @param instance names this process among those of the same service; the same after a restart
 * @param stateDirectory for the state stores; may be lost, which only costs a restore
 * @param replication copies of each topic that is created here, 1 or more
 * @param threads stream threads of one application, 1 or more
 * @param standbys further copies of each state store on other instances, 0 or more
 * @param sessionTimeout after so long without a sign of life an instance is taken for dead
 * @param clients properties for every client, such as {@code security.protocol}
 */
public record KafkaConnection(
        String bootstrap,
        String prefix,
        String instance,
        Path stateDirectory,
        short replication,
        int threads,
        int standbys,
        Duration sessionTimeout,
        Map<String, String> clients) {

    public KafkaConnection {
        clients = Map.copyOf(clients);
    }

    /**
     * The connection by settings: {@code kafka.bootstrap} (required), {@code kafka.prefix}, {@code kafka.instance},
     * {@code data.dir}, {@code topics.replication}, {@code kafka.threads}, {@code kafka.standbys},
     * {@code kafka.session-timeout}, and everything below {@code kafka.client.}.
     */
    public static KafkaConnection from(Settings settings) {
        return new KafkaConnection(
                settings.required("kafka.bootstrap"),
                settings.text("kafka.prefix", "orderflow"),
                settings.text("kafka.instance", "1"),
                Path.of(settings.text("data.dir", ".orderflow")).resolve("state"),
                (short) settings.number("topics.replication", 1, 1, 9),
                (int) settings.number("kafka.threads", 1, 1, 64),
                (int) settings.number("kafka.standbys", 0, 0, 5),
                settings.duration("kafka.session-timeout", Duration.ofSeconds(10)),
                settings.below("kafka.client."));
    }

    /** The id of an application or group of this installation. */
    public String applicationId(String service) {
        return prefix + "-" + service;
    }

    /** The static member that this process is in the group of an application; its stream threads add their numbers. */
    String staticMember(String applicationId) {
        return applicationId + "-" + instance;
    }

    /** The properties that every client needs. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> properties = new HashMap<>(clients);
        properties.put("bootstrap.servers", bootstrap);
        return properties;
    }
}
