package dev.orderflow.durable.effect;

import dev.orderflow.durable.store.CommittedStores;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The store of effects as services have it: cached, with a changelog, on disk. */
final class StoreOnDisk implements AutoCloseable {

    private static final String NAME = "effects";

    private final TopologyTestDriver driver;

    StoreOnDisk() {
        Topology topology = new Topology()
                .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("nothing", Nothing::new, "in")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        CommittedStores.named(NAME, () -> null), Serdes.String(), Serdes.ByteArray())
                                .withCachingEnabled(),
                        "nothing");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "effects-on-disk-" + System.nanoTime());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        driver = new TopologyTestDriver(topology, properties);
    }

    KeyValueStore<String, byte[]> store() {
        return driver.getKeyValueStore(NAME);
    }

    boolean isEmpty() {
        try (KeyValueIterator<String, byte[]> all = store().all()) {
            return !all.hasNext();
        }
    }

    @Override
    public void close() {
        driver.close();
    }

    private static final class Nothing implements Processor<byte[], byte[], byte[], byte[]> {

        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}
