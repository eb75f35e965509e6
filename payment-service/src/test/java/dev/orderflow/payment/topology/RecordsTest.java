package dev.orderflow.payment.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.PaymentState;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.Payment;
import dev.orderflow.payment.payment.PaymentStatus;
import dev.orderflow.payment.payment.ProviderCall;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is kept comes back as it was. */
class RecordsTest {

    private static final AvroSerdes SERDES = AvroSerdes.with(new InMemoryRegistry());

    @Property(tries = 500)
    void shouldReadThePaymentThatWasWritten(@ForAll("payments") Payment payment) {
        byte[] bytes = SERDES.serialize("payments", Records.write(payment));
        PaymentState state = SERDES.deserialize("payments", bytes, PaymentState.class);
        assertThat(Records.read(payment.paymentId(), state)).isEqualTo(payment);
    }

    @Property(tries = 500)
    void shouldReadTheCallThatWasWritten(@ForAll("calls") ProviderCall call) {
        assertThat(CallJson.read(CallJson.write(call))).isEqualTo(call);
        assertThat(CallJson.write(CallJson.read(CallJson.write(call)))).isEqualTo(CallJson.write(call));
    }

    @Provide
    Arbitrary<Payment> payments() {
        Arbitrary<Instant> times = Arbitraries.longs()
                .between(0, 4_000_000_000_000L)
                .map(Instant::ofEpochMilli)
                .injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.of(PaymentStatus.class),
                        Arbitraries.integers().between(1, 9),
                        bills().injectNull(0.2),
                        captures().injectNull(0.3),
                        captures().list().ofMaxSize(3),
                        Arbitraries.of(true, false),
                        times,
                        times)
                .as((status, attempt, bill, capture, refunds, inDoubt, lookAt, closesAt) -> new Payment(
                        "o-1",
                        status,
                        attempt,
                        inDoubt ? "pi_" + attempt : null,
                        inDoubt,
                        attempt - 1,
                        bill,
                        capture,
                        capture == null ? null : "re_" + capture.attempt(),
                        List.copyOf(refunds),
                        inDoubt,
                        attempt,
                        lookAt,
                        closesAt,
                        attempt));
    }

    @Provide
    Arbitrary<ProviderCall> calls() {
        return Arbitraries.oneOf(
                bills().map(bill -> new ProviderCall.Charge("o.1_a-B", 1, bill)),
                captures().map(capture -> new ProviderCall.Refund("o-1", capture)),
                Arbitraries.integers()
                        .between(1, 9)
                        .map(attempts -> new ProviderCall.LookUp(
                                "o-1", attempts, attempts > 4 ? "pi_1" : null, attempts % 2 == 0)),
                Arbitraries.integers().between(1, 9).map(attempt -> new ProviderCall.Confirm("o-1", attempt, "pi_1")));
    }

    private static Arbitrary<Bill> bills() {
        return Combinators.combine(
                        Arbitraries.strings().ofMaxLength(20),
                        Arbitraries.strings().ofMaxLength(20),
                        amounts())
                .as(Bill::new);
    }

    private static Arbitrary<Capture> captures() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 9),
                        Arbitraries.strings().ofMaxLength(20),
                        amounts())
                .as(Capture::new);
    }

    private static Arbitrary<Amount> amounts() {
        return Combinators.combine(Arbitraries.longs().greaterOrEqual(0), Arbitraries.of("USD", "JPY", "KWD"))
                .as(Amount::new);
    }
}
