package dev.orderflow.durable.runtime;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer of one stream thread, which tells the thread's pulse when a transaction is committed. Kafka Streams only
 * takes requests for commits; when one is done it tells nobody.
 */
final class CommitTellingProducer extends KafkaProducer<byte[], byte[]> {

    CommitTellingProducer(Map<String, Object> config) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        ThreadPulse pulse = ThreadPulse.current();
        if (pulse != null) {
            pulse.transactionCommitted();
        }
    }
}
