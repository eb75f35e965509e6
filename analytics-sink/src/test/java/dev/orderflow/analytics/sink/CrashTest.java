package dev.orderflow.analytics.sink;

import static dev.orderflow.analytics.sink.OrderLog.REFUNDS;
import static dev.orderflow.analytics.sink.OrderLog.SALES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.analytics.batch.RevenueEntry;
import dev.orderflow.analytics.sink.StoreInMemory.Moment;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The store is what survives; everything else of the sink is lost and built anew. */
class CrashTest {

    private static final TopicPartition SALES_0 = new TopicPartition(SALES, 0);
    private static final TopicPartition REFUNDS_0 = new TopicPartition(REFUNDS, 0);
    private static final int ORDERS = 7;

    @Test
    void shouldCountEveryOrderOnceWhereverItCrashes() {
        int calls = callsWithoutCrash();
        assertThat(calls).isGreaterThan(6);
        for (Moment moment : Moment.values()) {
            for (int call = 1; call <= calls; call++) {
                StoreInMemory store = new StoreInMemory();
                store.crashAtCall = call;
                store.crashMoment = moment;
                start(store, log().subList(0, ORDERS));
                store.revive();
                // In another rhythm than before the crash, so that the batches are others.
                start(store, log());
                assertComplete(store, "crash " + moment + " call " + call);
            }
        }
    }

    @Test
    void shouldCountEveryOrderOnceWhileTwoFightOverAPartition() {
        StoreInMemory store = new StoreInMemory();
        SinkUnderTest slow = SinkUnderTest.on(store).assigned(SALES_0, REFUNDS_0);
        log().subList(0, 3).forEach(slow::add);
        slow.loop.turn();
        slow.advance(SinkUnderTest.LIMITS.maxWait());
        slow.loop.turn();
        // Its batch is cut but not written; another one takes over, and only then the first one goes on.
        start(store, log());
        slow.runBackground();

        assertComplete(store, "two sinks");
        assertThat(store.positions.values()).containsExactlyInAnyOrder((long) ORDERS, (long) ORDERS);
    }

    private static int callsWithoutCrash() {
        StoreInMemory store = new StoreInMemory();
        start(store, log());
        assertComplete(store, "no crash");
        return store.calls.size();
    }

    private static void start(StoreInMemory store, List<ConsumerRecord<byte[], byte[]>> log) {
        SinkUnderTest sink = SinkUnderTest.on(store).assigned(SALES_0, REFUNDS_0);
        log.forEach(sink::add);
        sink.settle();
    }

    private static List<ConsumerRecord<byte[], byte[]>> log() {
        List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            log.add(OrderLog.sale(0, i, "o-" + i, 1L << i));
            log.add(OrderLog.refund(0, i, "r-" + i, 1L << (10 + i)));
        }
        return log;
    }

    private static void assertComplete(StoreInMemory store, String when) {
        long expected = 0;
        for (int i = 0; i < ORDERS; i++) {
            expected += (1L << i) - (1L << (10 + i));
        }
        assertThat(store.entries.values().stream()
                        .mapToLong(RevenueEntry::totalMinor)
                        .sum())
                .as(when)
                .isEqualTo(expected);
    }
}
