package dev.orderflow.payment.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.effect.EffectBrake;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.events.CancelPayment;
import dev.orderflow.events.Customer;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.Money;
import dev.orderflow.events.PaymentCancelling;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentRefunded;
import dev.orderflow.events.PaymentVoided;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.events.StockReserved;
import dev.orderflow.events.WebhookStatus;
import dev.orderflow.payment.payment.AttemptKey;
import dev.orderflow.payment.payment.Found.Standing;
import dev.orderflow.payment.payment.PaymentId;
import dev.orderflow.payment.payment.PaymentRules;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An order whose id was used for another one, which the saga has forgotten. */
class ReusedOrderIdTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration RETENTION = Duration.ofDays(8);
    private static final Duration LIFE = Duration.ofSeconds(12);
    private static final String ORDER = "o-1";
    private static final String FIRST = AttemptKey.charge(PaymentId.of(ORDER, START), 1);

    private final ScriptedProvider provider = new ScriptedProvider();
    private final TaskTestDriver driver = new TaskTestDriver(
            PaymentTopology.definition(
                    provider,
                    PaymentRules.of(LIFE, RETENTION),
                    new RetryPolicy(
                            Duration.ofMillis(500),
                            2,
                            Duration.ofSeconds(30),
                            0,
                            Duration.ofSeconds(10),
                            Duration.ZERO),
                    new EffectBrake(64, 0, Optional::empty),
                    Duration.ofHours(24),
                    () -> START),
            START);

    @AfterEach
    void close() {
        driver.close();
    }

    /** Within payment's own memory of the first, and after it: the provider remembers a key for ever. */
    @ParameterizedTest
    @ValueSource(longs = {7, 9})
    void shouldBeChargedByItself(long daysLater) {
        reserve(START, 2_999);
        assertThat(facts()).containsExactly(charged(FIRST, 2_999));

        driver.advance(Duration.ofDays(daysLater));
        Instant again = driver.now();
        String second = AttemptKey.charge(PaymentId.of(ORDER, again), 1);
        reserve(again, 2_999);

        assertThat(facts()).containsExactly(charged(second, 2_999));
        assertThat(provider.calls).containsExactly("charge " + FIRST + " 2999", "charge " + second + " 2999");
    }

    @Test
    void shouldLeaveTheChargeOfTheFirstAloneWhenItIsCancelled() {
        reserve(START, 2_999);
        driver.advance(Duration.ofDays(7));
        Instant again = driver.now();
        String second = AttemptKey.charge(PaymentId.of(ORDER, again), 1);
        reserve(again, 500);
        assertThat(facts()).containsExactly(charged(FIRST, 2_999), charged(second, 500));

        cancel(again);

        assertThat(facts())
                .containsExactly(
                        new PaymentCancelling(),
                        new PaymentRefunded("ch:" + second, "re:ch:" + second, new Money(500L, "USD")));
        assertThat(provider.charges.get(FIRST).standing()).isEqualTo(Standing.CAPTURED);
        assertThat(provider.charges.get(second).standing()).isEqualTo(Standing.REFUNDED);
    }

    @Test
    void shouldBeCancelledBeforeItIsReservedWithoutTouchingTheFirst() {
        reserve(START, 2_999);
        driver.advance(Duration.ofDays(7));
        Instant again = driver.now();
        facts();

        cancel(again);
        driver.advance(LIFE);
        driver.runEffects();
        reserve(again, 500);

        assertThat(facts()).containsExactly(new PaymentCancelling(), new PaymentVoided());
        assertThat(provider.charges.get(FIRST).standing()).isEqualTo(Standing.CAPTURED);
        assertThat(provider.charges).hasSize(1);
    }

    @Test
    void shouldNotBelieveANotificationOfTheFirst() {
        reserve(START, 2_999);
        driver.advance(Duration.ofDays(9));
        Instant again = driver.now();
        provider.next.add(() -> {
            throw new RetriableException("no answer");
        });
        reserve(again, 500);
        facts();

        driver.send(
                Topics.PAYMENT_WEBHOOKS.name(),
                ORDER,
                new PaymentWebhook(ORDER, "scripted", "e-1", FIRST, WebhookStatus.SUCCEEDED, "ch_1", null, again));

        assertThat(facts()).isEmpty();
        assertThat(driver.rawOutputs("payment.dead-letters")).hasSize(1);
    }

    @Test
    void shouldUndoWhatAnOlderVersionHasCharged() {
        reserve(null, 2_999);
        cancel(START);
        assertThat(facts())
                .containsExactly(
                        charged("o-1:charge", 2_999),
                        new PaymentCancelling(),
                        new PaymentRefunded("ch:o-1:charge", "re:ch:o-1:charge", new Money(2_999L, "USD")));
    }

    @Test
    void shouldUndoOnTheWordOfAnOlderVersionWhatTheNewestHasCharged() {
        reserve(START, 2_999);
        driver.advance(Duration.ofDays(7));
        Instant again = driver.now();
        String second = AttemptKey.charge(PaymentId.of(ORDER, again), 1);
        reserve(again, 500);
        facts();

        cancel(null);

        assertThat(facts())
                .containsExactly(
                        new PaymentCancelling(),
                        new PaymentRefunded("ch:" + second, "re:ch:" + second, new Money(500L, "USD")));
        assertThat(provider.charges.get(FIRST).standing()).isEqualTo(Standing.CAPTURED);
    }

    @Test
    void shouldNotChargeWhatWasCancelledBeforeTheReservationOfAnOlderVersionIsRead() {
        cancel(START);
        reserve(null, 2_999);
        driver.advance(LIFE);
        driver.runEffects();

        assertThat(facts()).containsExactly(new PaymentCancelling(), new PaymentVoided());
        assertThat(provider.charges).isEmpty();
    }

    private void reserve(@Nullable Instant acceptedAt, long total) {
        StockReserved reserved =
                new StockReserved(new Customer("user-1", "pm_card", null), new Money(total, "USD"), acceptedAt);
        driver.send(Topics.INVENTORY_EVENTS.name(), ORDER, new InventoryEvent(ORDER, "main", driver.now(), reserved));
        driver.runEffects();
    }

    private void cancel(@Nullable Instant acceptedAt) {
        driver.send(
                Topics.PAYMENT_COMMANDS.name(),
                ORDER,
                new PaymentCommand(ORDER, driver.now(), new CancelPayment(false, "changed my mind"), acceptedAt));
        driver.runEffects();
    }

    private List<Object> facts() {
        return driver.values(Topics.PAYMENT_EVENTS.name(), PaymentEvent.class).stream()
                .map(PaymentEvent::getFact)
                .toList();
    }

    private static PaymentCharged charged(String key, long total) {
        return new PaymentCharged("ch:" + key, new Money(total, "USD"));
    }
}
