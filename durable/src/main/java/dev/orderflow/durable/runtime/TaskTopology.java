package dev.orderflow.durable.runtime;

import dev.orderflow.durable.effect.EffectExecutor;
import dev.orderflow.durable.store.CommittedStores;
import dev.orderflow.durable.wire.AvroSerdes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A definition as a topology: one source for each topic that is read, one processor, its stores, and one sink for each output. Every
 * part has a name of its own, since a renamed one would lose its state.
 */
public final class TaskTopology {

    static final String TIMERS = "timers";
    static final String EFFECTS = "effects";

    /** What Kafka Streams ends the name of a changelog with. */
    static final String CHANGELOG = "-changelog";

    private TaskTopology() {}

    /**
     * Builds the topology of a definition.
     *
     * @param partitions of every input topic, 1 or more
     * @param executor where effects run
     * @param deadLettered runs for each dead letter, before it is committed
     */
    public static Topology of(
            TaskDefinition<?> definition,
            AvroSerdes serdes,
            int partitions,
            EffectExecutor executor,
            Runnable deadLettered) {
        return build(
                List.of(definition),
                new TaskContext(
                        serdes,
                        partitions,
                        executor,
                        new FailureLedger(),
                        service -> deadLettered.run(),
                        ReadBefore.NOTHING));
    }

    /**
     * What stands in front of the names of a service's stores. With the prefix of the installation as the id of the application,
     * a changelog has the same name as where the service has an application of its own.
     */
    static String storePrefix(List<TaskDefinition<?>> definitions, TaskDefinition<?> definition) {
        return definitions.size() == 1 ? "" : definition.service() + "-";
    }

    /** Where there are several they share their transactions: one processor for all of them. */
    static Topology build(List<TaskDefinition<?>> definitions, TaskContext shared) {
        Topology topology = new Topology();
        String processor = definitions.stream().map(TaskDefinition::service).collect(Collectors.joining("-"));
        Set<String> read = new LinkedHashSet<>();
        definitions.forEach(definition -> read.addAll(definition.readTopics()));
        for (String topic : read) {
            topology.addSource("from-" + topic, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
        }
        topology.addProcessor(
                processor,
                () -> new TaskProcessor(definitions, shared),
                read.stream().map(topic -> "from-" + topic).toArray(String[]::new));
        Set<String> written = new LinkedHashSet<>();
        for (TaskDefinition<?> definition : definitions) {
            String prefix = storePrefix(definitions, definition);
            definition
                    .stores()
                    .forEach((name, type) ->
                            topology.addStateStore(recordStore(prefix + name, type, shared.serdes()), processor));
            if (definition.hasTimers()) {
                // A scan of a cached store copies the keys of its cache; timers are scanned all the time.
                topology.addStateStore(
                        Stores.keyValueStoreBuilder(table(prefix + TIMERS), Serdes.Bytes(), Serdes.ByteArray())
                                .withCachingDisabled(),
                        processor);
            }
            if (definition.effectCall().isPresent()) {
                topology.addStateStore(
                        Stores.keyValueStoreBuilder(table(prefix + EFFECTS), Serdes.String(), Serdes.ByteArray())
                                .withCachingEnabled(),
                        processor);
            }
            written.addAll(definition.outputTopics());
            written.add(definition.deadLetterTopic());
        }
        for (String topic : written) {
            sink(topology, sinkOf(topic), topic, processor);
        }
        for (String topic : read) {
            sink(topology, againOf(topic), topic, processor);
        }
        return topology;
    }

    private static CommittedStores table(String name) {
        return CommittedStores.named(name, ThreadPulse::currentTransactions);
    }

    /** As Kafka Streams names it. */
    static String changelogOf(String applicationId, String store) {
        return applicationId + "-" + store + CHANGELOG;
    }

    static String sinkOf(String topic) {
        return "to-" + topic;
    }

    /** The sink that sends a record of an input to the right partition of the same input. */
    static String againOf(String topic) {
        return "again-to-" + topic;
    }

    private static void sink(Topology topology, String name, String topic, String processor) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), processor);
    }

    private static <V extends SpecificRecord> StoreBuilder<?> recordStore(
            String name, Class<V> type, AvroSerdes serdes) {
        Serde<V> unchecked = serdes.serde(type);
        Serde<V> checked = Serdes.serdeFrom(
                (topic, value) -> {
                    byte[] bytes = unchecked.serializer().serialize(topic, value);
                    return bytes == null ? null : RecordSize.checked(topic, bytes);
                },
                unchecked.deserializer());
        return Stores.keyValueStoreBuilder(table(name), Serdes.String(), checked)
                .withCachingEnabled();
    }
}
