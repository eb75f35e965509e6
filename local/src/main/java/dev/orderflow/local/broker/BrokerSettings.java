package dev.orderflow.local.broker;

import static dev.orderflow.local.process.LoopbackPort.HOST;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of a broker that is alone, on a developer's machine: durable across kill -9, quick to come back,
 * and cheap while nothing happens. Values that only repeat Kafka's defaults are left out.
 */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerSettings() {}

    /** Every property of the broker; {@code overrides} win, whatever they name. */
    static Map<String, String> of(Path directory, int port, int controllerPort, Map<String, String> overrides) {
        Map<String, String> properties = new TreeMap<>();
        identity(properties, directory, port, controllerPort);
        alone(properties);
        quickReturn(properties);
        smallFootprint(properties);
        properties.putAll(overrides);
        return Collections.unmodifiableMap(properties);
    }

    private static void identity(Map<String, String> properties, Path directory, int port, int controllerPort) {
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + port + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("log.dirs", directory.toAbsolutePath().toString());
        // Topics come from the catalogue; one created by a typing error would hide the error.
        properties.put("auto.create.topics.enable", "false");
    }

    private static void alone(Map<String, String> properties) {
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.put(internal + ".replication.factor", "1");
            properties.put(internal + ".num.partitions", internal.startsWith("share") ? "1" : "4");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // Broker and controller live and die together: a session that runs out would only mean that the machine is
        // busy. No partition may lose its leader while transactions end: see KafkaNode, which removes the dead broker
        // too.
        properties.put("broker.session.timeout.ms", Integer.toString(60 * 60 * 1000));
        properties.put("controlled.shutdown.enable", "false");
        // Nobody else joins, so there is nothing to wait for.
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("auto.leader.rebalance.enable", "false");
        // A stack that was off for a month must not have forgotten where its services stood.
        properties.put("offsets.retention.minutes", Integer.toString(365 * 24 * 60));
        // A commit every few milliseconds meets the end of the one before it; Kafka's default waits 20 ms then.
        properties.put("add.partitions.to.txn.retry.backoff.ms", "1");
    }

    private static void quickReturn(Map<String, String> properties) {
        properties.put("broker.heartbeat.interval.ms", "300");
        // The coordinators read these two topics from the start before they answer; only closed segments are compacted.
        properties.put("offsets.topic.segment.bytes", Integer.toString(8 << 20));
        properties.put("transaction.state.log.segment.bytes", Integer.toString(8 << 20));
        properties.put("num.recovery.threads.per.data.dir", "2");
        properties.put("server.max.startup.time.ms", "60000");
    }

    private static void smallFootprint(Map<String, String> properties) {
        // No-op records tell replicas that the leader lives. There is no replica, and each one is an fsync.
        properties.put("metadata.max.idle.interval.ms", "0");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("group.coordinator.threads", "1");
        properties.put("share.coordinator.threads", "1");
        properties.put("log.cleaner.threads", "1");
        // 24 bytes per key: room for 300,000 keys in one pass, instead of 128 MB that are never used here.
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        properties.put("log.cleaner.io.buffer.size", Integer.toString(256 << 10));
        // A partition maps two index files of this size while it is open; a segment of 64 MiB needs 200 KiB of them.
        // After a kill -9 the open segment of every partition is read and checked: the smaller, the sooner it is done.
        properties.put("log.segment.bytes", Integer.toString(64 << 20));
        properties.put("log.index.size.max.bytes", Integer.toString(512 << 10));
        properties.put("metric.reporters", "");
    }
}
