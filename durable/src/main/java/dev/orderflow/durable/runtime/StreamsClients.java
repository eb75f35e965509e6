package dev.orderflow.durable.runtime;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one Kafka Streams application: a main consumer that can be woken, a producer that tells of its commits, and a
 * consumer for changelogs that finds out whether they go as far as the tables; else the ordinary ones.
 */
final class StreamsClients implements KafkaClientSupplier {

    private final List<String> written;
    private final int commitsApart;
    private volatile @Nullable Admin admin;

    /**
     * @param written the topics that the application writes to
     * @param commitsApart as in {@link CommitPace}
     */
    StreamsClients(List<String> written, int commitsApart) {
        this.written = written;
        this.commitsApart = commitsApart;
    }

    /** Kafka Streams asks for it before anything else, and closes it last. */
    @Override
    public Admin getAdmin(Map<String, Object> config) {
        Admin created = Admin.create(config);
        admin = created;
        return created;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new CommitTellingProducer(config, written);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new WakeableConsumer(config, commitsApart);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new ChangelogConsumer(config, Objects.requireNonNull(admin, "no admin client yet"));
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
