package dev.orderflow.payment.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.EffectBrake;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.runtime.TaskDefinition;
import dev.orderflow.durable.testing.GoldenTopology;
import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.durable.testing.TaskTestDriver.Output;
import dev.orderflow.events.CancelPayment;
import dev.orderflow.events.Customer;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.Money;
import dev.orderflow.events.PaymentAttemptFailed;
import dev.orderflow.events.PaymentCancelling;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentDeclined;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentHeld;
import dev.orderflow.events.PaymentPending;
import dev.orderflow.events.PaymentRefunded;
import dev.orderflow.events.PaymentState;
import dev.orderflow.events.PaymentVoided;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.events.RefundPayment;
import dev.orderflow.events.RetryPayment;
import dev.orderflow.events.StockCommitted;
import dev.orderflow.events.StockReserved;
import dev.orderflow.events.WebhookStatus;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.PaymentRules;
import dev.orderflow.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaymentTopologyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofSeconds(12);
    private static final Duration RETENTION = Duration.ofDays(8);
    private static final RetryPolicy POLICY = new RetryPolicy(
            Duration.ofMillis(500), 2, Duration.ofSeconds(30), 0, Duration.ofSeconds(10), Duration.ZERO);
    private static final Money TOTAL = new Money(2999L, "USD");

    private final AtomicReference<Optional<String>> pause = new AtomicReference<>(Optional.empty());
    private final EffectBrake brake = new EffectBrake(64, 0, pause::get);
    private final ScriptedProvider provider = new ScriptedProvider();
    private final TaskTestDriver driver = new TaskTestDriver(definition(), START);

    private TaskDefinition<?> definition() {
        return PaymentTopology.definition(
                provider, PaymentRules.of(LIFE, RETENTION), POLICY, brake, Duration.ofHours(24), () -> now());
    }

    private Instant now() {
        return driver.now();
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldChargeWhatIsReservedAndSayItOnce() {
        reserve("o-1");
        driver.runEffects();

        List<Output<PaymentEvent>> said = driver.outputs(Topics.PAYMENT_EVENTS.name(), PaymentEvent.class);
        assertThat(said).hasSize(1);
        PaymentEvent event = said.getFirst().value();
        assertThat(event.getFact()).isEqualTo(new PaymentCharged("ch:o-1:charge", TOTAL));
        assertThat(event.getIdempotencyKey()).isEqualTo("o-1:charge");
        assertThat(event.getAttempt()).isEqualTo(1);
        assertThat(said.getFirst().key()).isEqualTo("o-1");
        assertThat(header(said.getFirst(), "ce_id")).isEqualTo("o-1/payment/1");
        assertThat(header(said.getFirst(), "ce_type")).isEqualTo("PaymentCharged");

        reserve("o-1");
        driver.runEffects();
        assertThat(facts()).isEmpty();
        assertThat(provider.calls).containsExactly("charge o-1:charge 2999");
    }

    @Test
    void shouldCareForReservationsOnly() {
        driver.send(
                Topics.INVENTORY_EVENTS.name(),
                "o-1",
                new InventoryEvent("o-1", "main", driver.now(), new StockCommitted()));
        assertThat(driver.runEffects()).isZero();
        assertThat(facts()).isEmpty();
        assertThat(driver.rawOutputs("payment.dead-letters")).isEmpty();
    }

    @Test
    void shouldTryAgainWithTheSameKeyUntilItKnows() {
        provider.next.add(() -> {
            throw new RetriableException("timed out");
        });
        provider.next.add(() -> {
            throw new RetriableException("503", null, Duration.ofSeconds(7));
        });
        reserve("o-1");
        driver.runEffects();
        PaymentAttemptFailed first = (PaymentAttemptFailed) facts().getFirst();
        assertThat(first.getTries()).isEqualTo(1);
        assertThat(first.getReason()).contains("timed out");

        driver.advance(Duration.ofMillis(600));
        driver.runEffects();
        PaymentAttemptFailed second = (PaymentAttemptFailed) facts().getFirst();
        assertThat(second.getTries()).isEqualTo(2);
        assertThat(Duration.between(driver.now(), second.getRetryAt()))
                .isBetween(Duration.ofMillis(6900), Duration.ofMillis(7000));

        driver.advance(Duration.ofSeconds(6));
        assertThat(driver.runEffects()).as("tries before Retry-After").isZero();
        driver.advance(Duration.ofSeconds(2));
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentCharged("ch:o-1:charge", TOTAL));
        assertThat(provider.calls).hasSize(3).containsOnly("charge o-1:charge 2999");
    }

    @Test
    void shouldRetryAtOnceWhenAsked() {
        provider.next.add(() -> {
            throw new RetriableException("outage");
        });
        reserve("o-1");
        driver.runEffects();
        facts();
        command("o-1", new RetryPayment());
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentCharged("ch:o-1:charge", TOTAL));
    }

    @Test
    void shouldSayThatAChargeWaitsBehindAPauseAndChargeItAfterwards() {
        pause.set(Optional.of("Paused by ops: the provider moves"));
        reserve("o-1");
        driver.advance(Duration.ofSeconds(2));
        assertThat(facts()).containsExactly(new PaymentHeld("Paused by ops: the provider moves"));
        driver.advance(Duration.ofHours(5));
        assertThat(driver.runEffects()).isZero();
        assertThat(facts()).isEmpty();

        pause.set(Optional.empty());
        driver.advance(Duration.ofMillis(1));
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentCharged("ch:o-1:charge", TOTAL));
        assertThat(provider.calls).hasSize(1);
    }

    @Test
    void shouldConfirmWhatWasOpenedAndCloseItWhenItIsCancelled() {
        provider.next.add(() -> new ChargeAnswer.Opened("pi_1"));
        reserve("o-1");
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentCharged("pi_1", TOTAL));
        assertThat(provider.calls).containsExactly("charge o-1:charge 2999", "confirm o-1:confirm pi_1");

        provider.next.add(() -> new ChargeAnswer.Opened("pi_2"));
        reserve("o-2");
        command("o-2", new CancelPayment(false, "requested"));
        driver.advance(LIFE);
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentCancelling(), new PaymentVoided());
        assertThat(provider.calls).contains("close o-2:charge").doesNotContain("confirm o-2:confirm pi_2");
    }

    @Test
    void shouldVoidADecline() {
        provider.next.add(() -> new ChargeAnswer.Declined("card_declined"));
        reserve("o-1");
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentDeclined("card_declined"));

        command("o-1", new CancelPayment(false, "declined"));
        assertThat(facts()).containsExactly(new PaymentCancelling(), new PaymentVoided());
    }

    @Test
    void shouldMakeANewAttemptAfterADecline() {
        provider.next.add(() -> new ChargeAnswer.Declined("card_declined"));
        reserve("o-1");
        driver.runEffects();
        command("o-1", new RetryPayment());
        driver.runEffects();
        assertThat(facts())
                .containsExactly(new PaymentDeclined("card_declined"), new PaymentCharged("ch:o-1:charge:2", TOTAL));
    }

    @Test
    void shouldPayBackAChargeWhoseAnswerWasLost() {
        provider.next.add(() -> {
            throw new RetriableException("cut");
        });
        reserve("o-1");
        driver.runEffects();
        provider.charges.put(
                "o-1:charge",
                new dev.orderflow.payment.provider.SeenCharge(
                        "o-1:charge", dev.orderflow.payment.payment.Found.Standing.CAPTURED, "ch:o-1:charge", null));
        facts();

        command("o-1", new CancelPayment(true, "timeout"));
        assertThat(facts()).containsExactly(new PaymentCancelling());
        driver.advance(LIFE);
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentRefunded("ch:o-1:charge", "re:ch:o-1:charge", TOTAL));
        assertThat(provider.calls).containsSubsequence("close o-1:charge", "refund o-1:refund ch:o-1:charge");
    }

    @Test
    void shouldRefuseTheReservationThatComesAfterItsCancel() {
        command("o-1", new CancelPayment(true, "customer"));
        reserve("o-1");
        assertThat(driver.runEffects()).isZero();
        driver.advance(LIFE);
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentCancelling(), new PaymentVoided());
        assertThat(provider.calls).containsExactly("close o-1:charge");

        driver.advance(RETENTION.plusDays(1));
        assertThat(driver.<PaymentState>store(PaymentTopology.STORE).get("o-1")).isNull();
    }

    @Test
    void shouldRefundOnce() {
        reserve("o-1");
        driver.runEffects();
        command("o-1", new RefundPayment("customer"));
        command("o-1", new RefundPayment("customer"));
        driver.runEffects();
        assertThat(facts())
                .containsExactly(
                        new PaymentCharged("ch:o-1:charge", TOTAL),
                        new PaymentRefunded("ch:o-1:charge", "re:ch:o-1:charge", TOTAL));
        assertThat(provider.calls).containsOnlyOnce("refund o-1:refund ch:o-1:charge");
    }

    @Test
    void shouldCallARefusedRequestADeclineInDoubt() {
        provider.next.add(() -> {
            throw new TerminalException("key used for another amount");
        });
        reserve("o-1");
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentDeclined("key used for another amount"));
        command("o-1", new CancelPayment(false, "declined"));
        assertThat(facts()).containsExactly(new PaymentCancelling());
    }

    @Test
    void shouldLookBeforeItSendsAKeyThatTheProviderMayHaveForgotten() {
        provider.next.add(() -> {
            throw new RetriableException("outage");
        });
        reserve("o-1");
        driver.runEffects();
        driver.advance(Duration.ofHours(25));
        driver.runEffects();
        assertThat(provider.calls)
                .containsExactly("charge o-1:charge 2999", "look up o-1:charge", "charge o-1:charge 2999");
    }

    @Test
    void shouldEndAPendingPaymentByItsNotification() {
        provider.next.add(() -> new ChargeAnswer.Pending("http://pay/o-1", null));
        reserve("o-1");
        driver.runEffects();
        assertThat(facts()).containsExactly(new PaymentPending("http://pay/o-1", null));

        webhook("o-1", "o-1:charge", WebhookStatus.SUCCEEDED, "ch_9");
        webhook("o-1", "o-1:charge", WebhookStatus.SUCCEEDED, "ch_9");
        assertThat(facts()).containsExactly(new PaymentCharged("ch_9", TOTAL));
    }

    @Test
    void shouldKeepAndReportNotificationsOfNobodysPayment() {
        webhook("o-9", "o-9:charge", WebhookStatus.SUCCEEDED, "ch_9");
        webhook("o-9", "o-8:charge", WebhookStatus.SUCCEEDED, "ch_9");
        assertThat(driver.rawOutputs("payment.dead-letters")).hasSize(2);
    }

    @Test
    void shouldMakeADeadLetterOfAReservationWithoutAPayer() {
        driver.send(
                Topics.INVENTORY_EVENTS.name(),
                "o-1",
                new InventoryEvent(
                        "o-1", "main", driver.now(), new StockReserved(new Customer(null, null, null), TOTAL, null)));
        assertThat(driver.rawOutputs("payment.dead-letters")).hasSize(1);
    }

    @Test
    void shouldKeepItsNames() {
        GoldenTopology.assertKept(getClass(), definition());
    }

    private void reserve(String orderId) {
        reserve(orderId, null);
    }

    /** @param acceptedAt null as from an older version */
    private void reserve(String orderId, @Nullable Instant acceptedAt) {
        driver.send(
                Topics.INVENTORY_EVENTS.name(),
                orderId,
                new InventoryEvent(
                        orderId,
                        "main",
                        driver.now(),
                        new StockReserved(new Customer("user-1", "pm_card", "en"), TOTAL, acceptedAt)));
    }

    private void command(String orderId, SpecificRecord command) {
        command(orderId, null, command);
    }

    private void command(String orderId, @Nullable Instant acceptedAt, SpecificRecord command) {
        driver.send(
                Topics.PAYMENT_COMMANDS.name(),
                orderId,
                new PaymentCommand(orderId, driver.now(), command, acceptedAt));
    }

    private void webhook(String orderId, String key, WebhookStatus status, String chargeId) {
        driver.send(
                Topics.PAYMENT_WEBHOOKS.name(),
                orderId,
                new PaymentWebhook(orderId, "scripted", "evt-1", key, status, chargeId, null, driver.now()));
    }

    private List<Object> facts() {
        return driver.values(Topics.PAYMENT_EVENTS.name(), PaymentEvent.class).stream()
                .map(PaymentEvent::getFact)
                .toList();
    }

    private static String header(Output<?> output, String name) {
        return new String(output.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
