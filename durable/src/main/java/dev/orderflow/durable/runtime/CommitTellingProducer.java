package dev.orderflow.durable.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of one stream thread, which tells the thread's pulse how a transaction has ended, and up to where it has gone
 * in the changelogs. Kafka Streams only takes requests for commits; when one is done it tells nobody. Nothing is sent before
 * Kafka Streams flushes, as it does before each commit.
 */
final class CommitTellingProducer extends KafkaProducer<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(CommitTellingProducer.class);

    private final List<String> topics;

    /** The last offset of each changelog partition in this transaction; written by the thread that sends. */
    private final Map<TopicPartition, Long> acknowledged = new ConcurrentHashMap<>();

    private final HeldRecords held = new HeldRecords();

    /** A commit was asked for that may or may not have been carried out. */
    private boolean inDoubt;

    /** @param topics that it will write to */
    CommitTellingProducer(Map<String, Object> config, List<String> topics) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.topics = List.copyOf(topics);
    }

    /**
     * Finds its topics at once, which else the first transaction that writes to one would have to wait for. Where one is not
     * there, that is left to whoever writes to it.
     */
    @Override
    public void initTransactions() {
        super.initTransactions();
        try {
            topics.forEach(this::partitionsFor);
        } catch (TimeoutException | AuthorizationException unknown) {
            LOG.warn("Not all of {} are found yet: {}", topics, unknown.getMessage());
        }
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        return held.hold(record, callback);
    }

    /** A record that is refused is told of by its callback, which Kafka Streams looks at next. */
    @Override
    public void flush() {
        RuntimeException _ = held.releaseTo(this::sendNow);
        super.flush();
    }

    private void sendNow(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (!record.topic().endsWith(TaskTopology.CHANGELOG)) {
            Future<RecordMetadata> _ = super.send(record, callback);
            return;
        }
        Future<RecordMetadata> _ = super.send(record, (metadata, failure) -> {
            if (failure == null && metadata.hasOffset()) {
                acknowledged.merge(
                        new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset(), Math::max);
            }
            callback.onCompletion(metadata, failure);
        });
    }

    /** All that was sent has been acknowledged when it returns. */
    @Override
    public void commitTransaction() {
        // Nothing is left after a flush. Were it, nobody would look at a refusal before the offsets are committed.
        RuntimeException refused = held.releaseTo(this::sendNow);
        if (refused != null) {
            throw refused;
        }
        inDoubt = true;
        super.commitTransaction();
        inDoubt = false;
        Map<TopicPartition, Long> ends = Map.copyOf(acknowledged);
        acknowledged.clear();
        ThreadPulse pulse = ThreadPulse.current();
        if (pulse != null) {
            pulse.transactionCommitted(ends);
        }
    }

    @Override
    public void abortTransaction() {
        try {
            held.drop();
            super.abortTransaction();
        } finally {
            acknowledged.clear();
            ThreadPulse pulse = ThreadPulse.current();
            if (pulse != null && inDoubt) {
                pulse.transactionLost();
            } else if (pulse != null) {
                pulse.transactionAborted();
            }
            inDoubt = false;
        }
    }

    @Override
    public void close(Duration timeout) {
        held.drop();
        super.close(timeout);
    }
}
