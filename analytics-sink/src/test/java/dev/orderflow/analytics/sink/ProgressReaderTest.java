package dev.orderflow.analytics.sink;

import static dev.orderflow.analytics.sink.OrderLog.TIME;
import static dev.orderflow.analytics.sink.OrderLog.view;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.analytics.batch.OrderProgress;
import dev.orderflow.analytics.batch.OrderProgress.Milestones;
import dev.orderflow.analytics.batch.Partition;
import dev.orderflow.analytics.batch.StepTally;
import dev.orderflow.analytics.sink.FactReader.Reading;
import dev.orderflow.durable.PoisonException;
import dev.orderflow.events.CancelReason;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressReaderTest {

    private static final ProgressReader READER = new ProgressReader(OrderLog.SERDES);

    @Test
    void shouldReadHowFarAnOrderCame() {
        OrderView completed = view(
                        "o-1",
                        OrderStatus.COMPLETED,
                        "order-accepted",
                        "stock-reserved",
                        "payment-charged",
                        "order-confirmed",
                        "order-completed")
                .setConfirmedAt(TIME.plusSeconds(3))
                .setCompletedAt(TIME.plusSeconds(4))
                .build();

        assertThat(READER.read(view(9, completed)))
                .isEqualTo(new OrderProgress(
                        "o-1",
                        5,
                        "completed",
                        "",
                        "EUR",
                        100,
                        TIME,
                        new Milestones(
                                TIME.plusSeconds(1),
                                TIME.plusSeconds(2),
                                TIME.plusSeconds(3),
                                TIME.plusSeconds(4),
                                null,
                                null),
                        List.of(
                                new StepTally("accept", "", 1),
                                new StepTally("reserve", "", 1),
                                new StepTally("charge", "", 1),
                                new StepTally("dispatch", "", 1)),
                        new Partition("order.view", 0),
                        9));
    }

    @Test
    void shouldSayWhyAStepFailedInWordsThatManyOrdersShare() {
        OrderView.Builder order = view(
                "o-1",
                OrderStatus.CANCELLED,
                "order-accepted",
                "payment-attempt-failed",
                "payment-declined",
                "something-of-tomorrow");
        order.setReason(CancelReason.PAYMENT_DECLINED);
        order.getTimeline().get(1).setAttempt(3);
        order.getTimeline().get(1).setDetail("no answer within 10 s: POST http://127.0.0.1:39291/charge");
        order.getTimeline().get(2).setDetail("insufficient_funds");

        OrderProgress progress = READER.read(view(0, order.build()));

        assertThat(progress.reason()).isEqualTo("payment_declined");
        assertThat(progress.milestones().cancelled()).isEqualTo(TIME.plusSeconds(3));
        assertThat(progress.steps())
                .containsExactly(
                        new StepTally("accept", "", 1),
                        new StepTally("charge", "attempt: no answer within 10 s", 3),
                        new StepTally("charge", "declined: insufficient_funds", 1));
    }

    /** The texts are those of payment's providers, whose tests hold them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no answer | no answer: the charge o-7:mjw3k2g0:charge at http://127.0.0.1:39291: Connection refused",
                "answered 503 | answered 503: the charge o-7:mjw3k2g0:charge at http://127.0.0.1:39291: {\"error\":\"busy\"}",
                "answered 503 | answered 503: POST https://api.stripe.com/v1/payment_intents/pi_1/confirm",
                "refused with 422 | refused with 422: the charge o-7:mjw3k2g0:charge at http://127.0.0.1:39291: {}",
                "unknown status | unknown status: the look-up of o-7:mjw3k2g0:charge at http://127.0.0.1:39291: it is odd",
                "left open | left open: the confirmation of pi_1 at Stripe: it is requires_capture"
            })
    void shouldFindTheWordsThatFailuresOfProvidersShare(String shared, String detail) {
        OrderView.Builder order = view("o-7", OrderStatus.CHARGING, "payment-attempt-failed");
        order.getTimeline().getFirst().setAttempt(1);
        order.getTimeline().getFirst().setDetail(detail);

        assertThat(READER.read(view(0, order.build())).steps())
                .containsExactly(new StepTally("charge", "attempt: " + shared, 1));
    }

    @Test
    void shouldCallPoisonWhatIsNoView() {
        assertThatThrownBy(() -> READER.read(OrderLog.record(OrderLog.VIEWS, 0, 0, "o-1", new byte[] {1})))
                .isInstanceOf(PoisonException.class);
    }

    @Test
    void shouldReadOnlyTheNewestViewOfEachOrder() {
        ConsumerRecord<byte[], byte[]> first = view(0, accepted("o-1", 1));
        ConsumerRecord<byte[], byte[]> other = view(1, accepted("o-2", 1));
        ConsumerRecord<byte[], byte[]> second = view(2, accepted("o-1", 2));

        assertThat(OrderLog.FACTS.read(List.of(first, other, second)).facts())
                .extracting(fact -> ((OrderProgress) fact).offset())
                .containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void shouldTakeTheViewBeforeOneThatCannotBeReadAndPassOverTombstones() {
        ConsumerRecord<byte[], byte[]> good = view(0, accepted("o-1", 1));
        ConsumerRecord<byte[], byte[]> poison = OrderLog.record(OrderLog.VIEWS, 0, 1, "o-1", new byte[] {1, 2, 3});
        ConsumerRecord<byte[], byte[]> tombstone =
                new ConsumerRecord<>(OrderLog.VIEWS, 0, 2, "o-2".getBytes(UTF_8), null);

        Reading reading = OrderLog.FACTS.read(List.of(good, poison, tombstone));

        assertThat(reading.facts())
                .singleElement()
                .extracting(fact -> ((OrderProgress) fact).offset())
                .isEqualTo(0L);
        assertThat(reading.letters())
                .singleElement()
                .extracting(letter -> letter.record().offset())
                .isEqualTo(1L);
    }

    private static OrderView accepted(String orderId, long sequence) {
        return view(orderId, OrderStatus.RESERVING, "order-accepted")
                .setSequence(sequence)
                .build();
    }
}
