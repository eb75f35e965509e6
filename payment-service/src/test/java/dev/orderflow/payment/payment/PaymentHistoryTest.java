package dev.orderflow.payment.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.payment.payment.PaymentMessage.CancelPayment;
import dev.orderflow.payment.payment.PaymentMessage.RefundPayment;
import dev.orderflow.payment.payment.PaymentMessage.RetryPayment;
import dev.orderflow.payment.payment.PaymentMessage.StockReserved;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes, in whatever order, with whatever lost: money ends where it belongs. */
class PaymentHistoryTest {

    private static final PaymentMessage RESERVED = new StockReserved(Given.BILL);

    @Property(tries = 40_000)
    void shouldLeaveNothingChargedOnceItIsCancelled(
            @ForAll("reservations") List<PaymentMessage> events,
            @ForAll("commandsWithUndo") List<PaymentMessage> commands,
            @ForAll @IntRange(max = 7) int declines,
            @ForAll @IntRange(max = 15) int nature,
            @ForAll("steps") List<Integer> steps) {
        World world = live(events, commands, declines, nature, steps);

        assertThat(world.charged()).as("charges that stand:%n%s", world).isZero();
        assertThat(world.status()).as("after:%n%s", world).isIn(PaymentStatus.VOIDED, PaymentStatus.REFUNDED);
        assertThat(world.facts())
                .as("after:%n%s", world)
                .anyMatch(fact -> fact instanceof Fact.Voided || fact instanceof Fact.Refunded);
    }

    @Property(tries = 40_000)
    void shouldEitherStandOrBeUndoneWhenItIsCancelledUnlessDone(
            @ForAll("reservations") List<PaymentMessage> events,
            @ForAll("commandsUnlessDone") List<PaymentMessage> commands,
            @ForAll @IntRange(max = 7) int declines,
            @ForAll @IntRange(max = 15) int nature,
            @ForAll("steps") List<Integer> steps) {
        World world = live(events, commands, declines, nature, steps);

        boolean cancelling = world.facts().contains(new Fact.Cancelling());
        assertThat(world.charged())
                .as("charges that stand:%n%s", world)
                .isEqualTo(world.status() == PaymentStatus.CHARGED ? 1 : 0);
        assertThat(cancelling).as("Cancelling was said:%n%s", world).isEqualTo(world.status() != PaymentStatus.CHARGED);
        assertThat(world.status())
                .as("after:%n%s", world)
                .isIn(PaymentStatus.CHARGED, PaymentStatus.VOIDED, PaymentStatus.REFUNDED);
    }

    @Property(tries = 40_000)
    void shouldChargeOnceWhatNobodyCancels(
            @ForAll("reservations") List<PaymentMessage> events,
            @ForAll("retries") List<PaymentMessage> commands,
            @ForAll @IntRange(max = 7) int declines,
            @ForAll @IntRange(max = 15) int nature,
            @ForAll("steps") List<Integer> steps) {
        World world = live(events, commands, declines, nature, steps);

        if (events.isEmpty()) {
            assertThat(world.charged()).as("after:%n%s", world).isZero();
            return;
        }
        assertThat(world.status()).as("after:%n%s", world).isIn(PaymentStatus.CHARGED, PaymentStatus.DECLINED);
        assertThat(world.charged())
                .as("charges that stand:%n%s", world)
                .isEqualTo(world.status() == PaymentStatus.CHARGED ? 1 : 0);
    }

    private static World live(
            List<PaymentMessage> events, List<PaymentMessage> commands, int declines, int nature, List<Integer> steps) {
        World world = new World(events, commands, declines, nature);
        steps.forEach(world::step);
        world.settle();
        assertThat(world.isAtRest()).as("after:%n%s", world).isTrue();
        return world;
    }

    @Provide
    Arbitrary<List<PaymentMessage>> reservations() {
        return Arbitraries.of(RESERVED).list().ofMaxSize(2);
    }

    @Provide
    Arbitrary<List<PaymentMessage>> commandsWithUndo() {
        return commands(new CancelPayment(false), new RefundPayment(), new CancelPayment(true), new RetryPayment())
                .filter(list -> list.contains(new CancelPayment(false)) || list.contains(new RefundPayment()));
    }

    @Provide
    Arbitrary<List<PaymentMessage>> commandsUnlessDone() {
        return commands(new CancelPayment(true), new RetryPayment())
                .filter(list -> list.contains(new CancelPayment(true)));
    }

    @Provide
    Arbitrary<List<PaymentMessage>> retries() {
        return commands(new RetryPayment());
    }

    private static Arbitrary<List<PaymentMessage>> commands(PaymentMessage... messages) {
        return Arbitraries.of(messages).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers().between(0, 139).list().ofMaxSize(60);
    }
}
