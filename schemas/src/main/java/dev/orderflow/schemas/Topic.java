package dev.orderflow.schemas;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * One topic of the catalogue: what it carries, by which key, for how long, and who writes it. Immutable.
 *
 * @param name the topic's name; its subject in the registry is the name with {@code -value} behind it
 * @param key what the key of a record is, in words
 * @param value the one record type of the topic; null for dead letters, which carry the original bytes
 * @param visibility who may build on it, which decides how its schema may change
 * @param storage how long a record stays
 * @param writers the services that write it, in words
 * @param carries what it is for, in words
 */
public record Topic(
        String name,
        String key,
        @Nullable Class<? extends SpecificRecord> value,
        Visibility visibility,
        Storage storage,
        String writers,
        String carries) {

    /** The largest record that an input topic takes, in bytes. */
    public static final int MAX_RECORD_BYTES = 1_048_588;

    /** Dead letters take more than any input topic, so that a record of the largest size fits with its reasons. */
    public static final int MAX_DEAD_LETTER_BYTES = 2 * MAX_RECORD_BYTES;

    /** Who may build on a topic. */
    public enum Visibility {
        /** A contract with other teams: schemas stay FULL_TRANSITIVE compatible. */
        PUBLIC,
        /** Between the services here: schemas stay BACKWARD_TRANSITIVE compatible, readers are deployed first. */
        INTERNAL,
        /** Original bytes of whatever could not be handled, set aside or on its way again; no schema of its own. */
        DEAD_LETTERS
    }

    /** How long a record stays in its topic. */
    public sealed interface Storage {
        /** Deleted when older than {@code retention}. */
        record Deleted(Duration retention) implements Storage {}

        /** Never deleted: the topic is the ledger. */
        record Kept() implements Storage {}

        /** The newest record of each key stays for ever. */
        record Compacted() implements Storage {}
    }

    /** The subject of the values in the registry, by Confluent's topic name strategy. */
    public String subject() {
        return name + "-value";
    }

    /** The record type, for every topic but dead letters. */
    public Optional<Class<? extends SpecificRecord>> valueType() {
        return Optional.ofNullable(value);
    }

    /**
     * What to create on a broker.
     *
     * @param partitions 1 or more; the same for all topics, since one task reads several of them together
     * @param replication copies of each partition, 1 or more
     */
    public NewTopic toNewTopic(int partitions, short replication) {
        Map<String, String> config = new LinkedHashMap<>();
        switch (storage) {
            case Storage.Deleted deleted -> {
                config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                config.put(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(deleted.retention().toMillis()));
            }
            case Storage.Kept kept -> config.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
            case Storage.Compacted compacted ->
                config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        config.put(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(visibility == Visibility.DEAD_LETTERS ? MAX_DEAD_LETTER_BYTES : MAX_RECORD_BYTES));
        if (replication > 1) {
            config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(replication - 1));
        }
        return new NewTopic(name, partitions, replication).configs(config);
    }
}
