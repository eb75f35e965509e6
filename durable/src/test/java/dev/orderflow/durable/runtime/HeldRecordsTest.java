package dev.orderflow.durable.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.junit.jupiter.api.Test;

class HeldRecordsTest {

    private final HeldRecords held = new HeldRecords();
    private final List<String> sent = new ArrayList<>();
    private final List<Callback> underWay = new ArrayList<>();
    private final Map<String, Future<RecordMetadata>> answers = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void shouldSendNothingBeforeItIsReleased() {
        hold("a");
        hold("b");

        assertThat(sent).isEmpty();
        assertThat(answers.get("a")).isNotDone();
    }

    @Test
    void shouldSendInTheOrderInWhichTheyCame() {
        hold("a");
        hold("b");
        hold("c");

        held.releaseTo(this::producer);

        assertThat(sent).containsExactly("a", "b", "c");
    }

    @Test
    void shouldSendEachOnce() {
        hold("a");
        held.releaseTo(this::producer);
        hold("b");

        held.releaseTo(this::producer);

        assertThat(sent).containsExactly("a", "b");
    }

    @Test
    void shouldTellWhenARecordIsAcknowledged() throws Exception {
        hold("a");
        held.releaseTo(this::producer);
        assertThat(told).isEmpty();

        RecordMetadata metadata = new RecordMetadata(new TopicPartition("t", 0), 7, 0, 0, 1, 1);
        underWay.getFirst().onCompletion(metadata, null);

        assertThat(told).containsExactly("a at 7");
        assertThat(answers.get("a").get()).isSameAs(metadata);
    }

    @Test
    void shouldTellOfARefusalAsOfAFailureAndSendTheRest() {
        hold("a");
        hold("b");

        held.releaseTo((record, callback) -> {
            if (value(record).equals("a")) {
                throw new KafkaException("an error state", new InvalidProducerEpochException("fenced"));
            }
            producer(record, callback);
        });

        assertThat(told).containsExactly("a InvalidProducerEpochException");
        assertThat(answers.get("a").state()).isEqualTo(Future.State.FAILED);
        assertThat(sent).containsExactly("b");
    }

    @Test
    void shouldTellOfARefusalThatHasNoCauseItself() {
        hold("a");

        held.releaseTo((_, _) -> {
            throw new KafkaException("closed");
        });

        assertThat(told).containsExactly("a KafkaException");
    }

    @Test
    void shouldSayWhatWasRefusedFirst() {
        hold("a");
        hold("b");

        RuntimeException refused = held.releaseTo((record, _) -> {
            throw new IllegalStateException("no " + value(record));
        });

        assertThat(refused).hasMessage("no a");
        assertThat(told).containsExactly("a IllegalStateException", "b IllegalStateException");
        assertThat(held.releaseTo(this::producer)).isNull();
    }

    @Test
    void shouldKeepWhatACallbackSendsForTheNextRelease() {
        answers.put("a", held.hold(record("a"), (_, _) -> hold("again")));

        held.releaseTo((_, callback) -> callback.onCompletion(null, new KafkaException("too large")));
        assertThat(sent).isEmpty();

        held.releaseTo(this::producer);
        assertThat(sent).containsExactly("again");
    }

    @Test
    void shouldNeverSendWhatWasDropped() {
        hold("a");

        held.drop();
        held.releaseTo(this::producer);

        assertThat(sent).isEmpty();
        assertThat(told).containsExactly("a TransactionAbortedException");
        assertThat(answers.get("a").exceptionNow()).isInstanceOf(TransactionAbortedException.class);
    }

    @Test
    void shouldNeedNobodyToTell() {
        Future<RecordMetadata> answer = held.hold(record("a"), null);
        held.releaseTo(this::producer);

        underWay.getFirst().onCompletion(new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 1, 1), null);

        assertThat(answer).isDone();
    }

    private void hold(String value) {
        Callback callback = (metadata, failure) -> told.add(
                failure == null
                        ? value + " at " + metadata.offset()
                        : value + " " + failure.getClass().getSimpleName());
        answers.put(value, held.hold(record(value), callback));
    }

    private void producer(ProducerRecord<byte[], byte[]> record, Callback callback) {
        sent.add(value(record));
        underWay.add(callback);
    }

    private static ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>("t", value.getBytes(UTF_8));
    }

    private static String value(ProducerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }
}
