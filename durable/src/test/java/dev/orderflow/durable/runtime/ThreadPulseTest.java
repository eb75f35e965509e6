package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ThreadPulseTest {

    private final AtomicInteger wakes = new AtomicInteger();
    private final ThreadPulse pulse =
            new ThreadPulse(wakes::incrementAndGet, partition -> OptionalLong.empty(), CommitPace.APART_ALONE);

    @Test
    void shouldKnowWhenATaskHasHandledAllThatAPollBrought() {
        pulse.fetched(records("a", 0, 2));
        pulse.fetched(records("b", 1, 1));

        assertThat(pulse.isTaskDone(0)).isFalse();
        pulse.handled(0);
        pulse.handled(0);
        assertThat(pulse.isTaskDone(0)).isTrue();
        assertThat(pulse.isTaskDone(1)).isFalse();
        assertThat(pulse.isBatchDone()).isFalse();

        pulse.handled(1);
        assertThat(pulse.isBatchDone()).isTrue();
    }

    @Test
    void shouldDoOnceAfterTheCommitWhatWaitsForIt() {
        List<String> done = new ArrayList<>();
        pulse.whenCommitted(() -> {
            done.add("first");
            pulse.whenCommitted(() -> done.add("of the next"));
        });
        pulse.committed();
        assertThat(done).as("a commit was only asked for").isEmpty();

        pulse.transactionCommitted(Map.of());
        assertThat(done).containsExactly("first");
        pulse.transactionCommitted(Map.of());
        pulse.transactionCommitted(Map.of());
        assertThat(done).containsExactly("first", "of the next");
    }

    @Test
    void shouldTellOfACommitAndOfNoTransactionThatWasNotCommitted() {
        List<String> told = new ArrayList<>();
        pulse.afterCommit(() -> told.add("aborted"));
        pulse.transactionAborted();
        pulse.afterCommit(() -> told.add("lost"));
        pulse.transactionLost();
        pulse.afterCommit(() -> told.add("committed"));

        pulse.transactionCommitted(Map.of());
        pulse.transactionCommitted(Map.of());

        assertThat(told).containsExactly("committed");
    }

    @Test
    void shouldCountThePartitionsOfOneTaskTogether() {
        pulse.fetched(new ConsumerRecords<>(
                Map.of(
                        new TopicPartition("a", 0), list("a", 0, 1),
                        new TopicPartition("b", 0), list("b", 0, 2)),
                Map.of()));

        pulse.handled(0);
        pulse.handled(0);
        assertThat(pulse.isTaskDone(0)).isFalse();
        pulse.handled(0);
        assertThat(pulse.isTaskDone(0)).isTrue();
    }

    @Test
    void shouldForgetWhatATaskThatIsGoneHasLeft() {
        pulse.fetched(records("a", 0, 5));
        pulse.fetched(records("a", 1, 1));

        pulse.forget(0);
        pulse.forget(0);
        pulse.handled(0);

        assertThat(pulse.isTaskDone(0)).isTrue();
        assertThat(pulse.isBatchDone()).isFalse();
        pulse.handled(1);
        assertThat(pulse.isBatchDone()).isTrue();
    }

    @Test
    void shouldBelongToTheThreadThatBoundIt() {
        assertThat(ThreadPulse.current()).isNull();
        CompletableFuture.runAsync(() -> {
                    pulse.bind();
                    assertThat(ThreadPulse.current()).isSameAs(pulse);
                })
                .join();
        assertThat(ThreadPulse.current()).isNull();

        pulse.wake();
        assertThat(wakes).hasValue(1);
    }

    @Test
    void shouldLetAPollBlockNoLongerThanFinishedWorkMayWait() {
        Duration asked = Duration.ofMillis(50);
        assertThat(pulse.pollTimeout(asked)).isEqualTo(asked);

        pulse.awaitCommit(Duration.ofMillis(20).toNanos());
        pulse.awaitCommit(Duration.ofSeconds(1).toNanos());
        assertThat(pulse.pollTimeout(asked)).isBetween(Duration.ofMillis(1), Duration.ofMillis(20));

        pulse.committed();
        assertThat(pulse.pollTimeout(asked)).isEqualTo(asked);
        assertThat(pulse.commits()).isEqualTo(1);
    }

    @Test
    void shouldLetAPollBlockNoLongerThanUntilATaskHasSomethingToDo() {
        Duration asked = Duration.ofMillis(250);
        pulse.due(0, Long.MAX_VALUE);
        assertThat(pulse.pollTimeout(asked)).isEqualTo(asked);

        pulse.due(1, System.currentTimeMillis() + 200);
        assertThat(pulse.pollTimeout(asked)).isBetween(Duration.ofMillis(1), Duration.ofMillis(200));

        pulse.due(1, System.currentTimeMillis() - 200);
        assertThat(pulse.pollTimeout(asked)).isEqualTo(Duration.ofMillis(1));

        pulse.forget(1);
        assertThat(pulse.pollTimeout(asked)).isEqualTo(asked);
    }

    @Test
    void shouldPollShortlyAfterAWakeUpSinceTheNextTickMayStillLieAhead() {
        pulse.woken();

        assertThat(pulse.pollTimeout(Duration.ofMillis(50))).isEqualTo(Duration.ofMillis(1));
        assertThat(pulse.pollTimeout(Duration.ZERO)).isZero();
    }

    @Test
    void shouldLookOftenWhilePartitionsAreHandedOutOrRestored() {
        Duration asked = Duration.ofMillis(250);

        assertThat(pulse.settlingTimeout(asked, 0, 0)).isEqualTo(Duration.ofMillis(10));
        assertThat(pulse.settlingTimeout(asked, 3, 3)).isEqualTo(Duration.ofMillis(10));
        assertThat(pulse.settlingTimeout(Duration.ofMillis(1), 3, 3)).isEqualTo(Duration.ofMillis(1));
        assertThat(pulse.settlingTimeout(asked, 3, 2)).isEqualTo(asked);
        assertThat(pulse.settlingTimeout(asked, 3, 0)).isEqualTo(asked);
    }

    private static ConsumerRecords<byte[], byte[]> records(String topic, int partition, int count) {
        return new ConsumerRecords<>(
                Map.of(new TopicPartition(topic, partition), list(topic, partition, count)), Map.of());
    }

    private static List<ConsumerRecord<byte[], byte[]>> list(String topic, int partition, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int offset = 0; offset < count; offset++) {
            records.add(new ConsumerRecord<>(topic, partition, offset, null, null));
        }
        return records;
    }
}
