package dev.orderflow.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.Found.Standing;
import dev.orderflow.payment.provider.PaymentProvider.ChargeRequest;
import dev.orderflow.payment.provider.PaymentProvider.ConfirmRequest;
import dev.orderflow.payment.provider.PaymentProvider.LookUpRequest;
import dev.orderflow.payment.provider.PaymentProvider.RefundRequest;
import dev.orderflow.payment.provider.StripeLikeServer.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stripe's adapter against a server that speaks the parts of Stripe's API that are used. */
class StripeProviderTest {

    /** Two calls of 20 s, and ten minutes. */
    private static final Duration ABANDONED = Duration.ofMinutes(10).plusSeconds(40);

    private static final String CONFIRM = "/v1/payment_intents/pi_1/confirm";

    private StripeLikeServer stripe;
    private StripeProvider provider;

    @BeforeEach
    void start() throws IOException {
        stripe = new StripeLikeServer();
        provider = provider(StripeLikeServer.KEY, "shop:");
    }

    private StripeProvider provider(String apiKey, String keyPrefix) {
        return new StripeProvider(
                new StripeAccount(
                        stripe.url(), apiKey, keyPrefix, "https://shop.example.com/back", Duration.ofSeconds(20)),
                () -> stripe.now);
    }

    @AfterEach
    void stop() {
        provider.close();
        stripe.close();
    }

    @Test
    void shouldOpenAnIntentAndChargeWhenItIsConfirmed() {
        assertThat(open("pm_card")).isEqualTo(new ChargeAnswer.Opened("pi_1"));
        assertThat(stripe.intents.get("pi_1").path("status").asText()).isEqualTo("requires_confirmation");
        assertThat(lookUp("pi_1", false)).as("an intent is no charge").isNull();

        assertThat(confirm(0)).isEqualTo(new ChargeAnswer.Captured("pi_1"));

        assertThat(stripe.requests)
                .containsSubsequence(
                        "POST /v1/payment_intents shop:o-1:charge", "POST " + CONFIRM + " shop:o-1:confirm");
        assertThat(stripe.intents.get("pi_1").path("amount").asLong()).isEqualTo(2999);
        assertThat(stripe.intents.get("pi_1").path("currency").asText()).isEqualTo("usd");
        assertThat(provider.lookUp(new LookUpRequest("o-1:charge", "pi_1", false)))
                .contains(new SeenCharge("o-1:charge", Standing.CAPTURED, "pi_1", new Amount(2999, "USD")));
    }

    @Test
    void shouldOpenTheSameIntentForTheSameKey() {
        open("pm_card");
        assertThat(open("pm_card")).isEqualTo(new ChargeAnswer.Opened("pi_1"));
        assertThat(stripe.intents).hasSize(1);
    }

    @Test
    void shouldTellADeclineFromAFailure() {
        open("pm_card_declined");
        assertThat(confirm(0)).isEqualTo(new ChargeAnswer.Declined("insufficient_funds"));
        assertThat(confirm(1)).isEqualTo(new ChargeAnswer.Declined("insufficient_funds"));
        assertThat(lookUp("pi_1", false)).isEqualTo(Standing.DECLINED);

        assertThatThrownBy(() -> open("pm_unknown", 3)).isInstanceOf(TerminalException.class);
        assertThatThrownBy(() -> provider("sk_wrong", "shop:").charge(request("pm_card", 0)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("payment.api-key");
    }

    @Test
    void shouldSendTheCustomerWhereStripeSays() {
        open("pm_redirect");
        assertThat(confirm(0)).isEqualTo(new ChargeAnswer.Pending("https://hooks.stripe.com/redirect/pi_1", null));
        assertThat(lookUp("pi_1", false)).isEqualTo(Standing.PENDING);
        stripe.succeed("pi_1");
        assertThat(lookUp("pi_1", false)).isEqualTo(Standing.CAPTURED);

        open("pm_slow", 1);
        assertThat(provider.confirm(new ConfirmRequest("o-1:confirm:2", "pi_2", 0)))
                .isEqualTo(new ChargeAnswer.Pending(null, null));
    }

    /** Stripe repeats its own failure to the same key for a day: the next try must look, and bring another key. */
    @Test
    void shouldLookAfterAFailureOfStripeWhetherTheMoneyMoved() {
        open("pm_card");
        stripe.faults.add(new Fault(CONFIRM, true, 500));
        assertThatThrownBy(() -> confirm(0)).isInstanceOf(RetriableException.class);
        assertThat(confirm(1)).isEqualTo(new ChargeAnswer.Captured("pi_1"));
        assertThat(stripe.requests)
                .filteredOn(request -> request.contains("/confirm"))
                .hasSize(1);
    }

    @Test
    void shouldConfirmWithAnotherKeyWhatDidNotHappen() {
        stripe.faults.add(new Fault("/v1/payment_intents", false, 500));
        assertThatThrownBy(() -> open("pm_card", 0)).isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> open("pm_card", 0)).as("replayed").isInstanceOf(RetriableException.class);
        assertThat(open("pm_card", 1)).isEqualTo(new ChargeAnswer.Opened("pi_1"));

        stripe.faults.add(new Fault(CONFIRM, false, 503));
        assertThatThrownBy(() -> confirm(0)).isInstanceOf(RetriableException.class);
        assertThat(confirm(1)).isEqualTo(new ChargeAnswer.Captured("pi_1"));
        assertThat(stripe.requests).contains("POST " + CONFIRM + " shop:o-1:confirm#1");
    }

    /** A connection that is cut is tried once more by the JDK, with the same key. */
    @Test
    void shouldGetTheSameAnswerAfterACut() {
        open("pm_card");
        stripe.faults.add(new Fault(CONFIRM, true, 0));
        assertThat(confirm(0)).isEqualTo(new ChargeAnswer.Captured("pi_1"));
        assertThat(stripe.requests)
                .filteredOn(request -> request.contains("/confirm"))
                .hasSizeGreaterThan(1)
                .containsOnly("POST " + CONFIRM + " shop:o-1:confirm");
    }

    @Test
    void shouldNotKnowTheOutcomeWhereNobodyAnswers() {
        stripe.close();
        assertThatThrownBy(() -> open("pm_card")).isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> confirm(0)).isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> lookUp("pi_1", true)).isInstanceOf(RetriableException.class);
    }

    /** Analytics counts failed tries by what stands before the first colon. */
    @Test
    void shouldBeginWithWordsThatManyFailuresShare() {
        String rest = ": the charge o-1:charge at " + stripe.url() + ": ";
        stripe.faults.add(new Fault("/v1/payment_intents", false, 503));
        assertThatThrownBy(() -> open("pm_card"))
                .hasMessage("answered 503: POST " + stripe.url() + "/v1/payment_intents");
        assertThatThrownBy(() -> open("pm_unknown", 3)).hasMessageStartingWith("refused with 400" + rest);
        assertThatThrownBy(() -> provider("sk_wrong", "shop:").charge(request("pm_card", 0)))
                .hasMessageStartingWith("answered 401" + rest);
        stripe.close();
        assertThatThrownBy(() -> open("pm_card", 4)).hasMessageStartingWith("no answer" + rest);
    }

    @Test
    void shouldWaitAsLongAsStripeAsks() {
        stripe.faults.add(new Fault("/v1/payment_intents", false, 429));
        assertThatThrownBy(() -> open("pm_card", 0))
                .isInstanceOfSatisfying(
                        RetriableException.class,
                        busy -> assertThat(busy.retryAfter()).contains(Duration.ofSeconds(7)));
        assertThat(open("pm_card", 0)).isEqualTo(new ChargeAnswer.Opened("pi_1"));
    }

    @Test
    void shouldCloseForGoodWhatMustNotBeCharged() {
        open("pm_card");
        assertThat(lookUp("pi_1", true)).isEqualTo(Standing.DECLINED);
        assertThat(confirm(0)).as("a try that comes late").isEqualTo(new ChargeAnswer.Declined("canceled"));
        assertThat(lookUp("pi_1", true)).isEqualTo(Standing.DECLINED);
    }

    @Test
    void shouldSeeThatItWasTooLateToClose() {
        open("pm_card");
        confirm(0);
        assertThat(lookUp("pi_1", true)).isEqualTo(Standing.CAPTURED);
        open("pm_slow", 1);
        provider.confirm(new ConfirmRequest("o-1:confirm:2", "pi_2", 0));
        assertThat(lookUp("pi_2", true))
                .as("nobody can stop what the bank works on")
                .isEqualTo(Standing.PENDING);
    }

    @Test
    void shouldFindAChargeByItsKeyWhereItsIdIsForgotten() {
        assertThat(lookUp(null, false)).isNull();
        open("pm_card");
        open("pm_card", 1);
        provider.confirm(new ConfirmRequest("o-1:confirm", "pi_2", 0));
        assertThat(provider.lookUp(new LookUpRequest("o-1:charge", null, true))
                        .orElseThrow()
                        .chargeId())
                .isEqualTo("pi_2");
        assertThat(stripe.intents.get("pi_1").path("status").asText()).isEqualTo("canceled");
    }

    @Test
    void shouldPayBackOnce() {
        open("pm_card");
        confirm(0);
        assertThat(refund(0)).isEqualTo("re_pi_1");
        assertThat(refund(0)).isEqualTo("re_pi_1");
        assertThat(refund(1)).isEqualTo("re_pi_1");
        assertThat(provider.refund(new RefundRequest("another key", "o-1", capture(), 0)))
                .isEqualTo("re_pi_1");
        assertThat(lookUp("pi_1", false)).isEqualTo(Standing.REFUNDED);
    }

    @Test
    void shouldPayBackAfterAFailureOfStripe() {
        open("pm_card");
        confirm(0);
        stripe.faults.add(new Fault("/v1/refunds", false, 500));
        assertThatThrownBy(() -> refund(0)).isInstanceOf(RetriableException.class);
        assertThat(refund(1)).isEqualTo("re_pi_1");
    }

    @Test
    void shouldListChargesOldestFirstAndGoOnWithTheNewOnes() {
        open("pm_card");
        confirm(0);
        open("pm_card", 1);
        stripe.now = stripe.now.plus(ABANDONED);
        ChargePage first = provider.list("", 10);
        assertThat(first.charges()).extracting(SeenCharge::chargeId).containsExactly("pi_1");
        assertThat(first.charges()).extracting(SeenCharge::key).containsExactly("o-1:charge");
        assertThat(first.hasMore()).isFalse();

        open("pm_card", 2);
        open("pm_card", 3);
        provider.confirm(new ConfirmRequest("o-1:confirm:3", "pi_3", 0));
        provider.confirm(new ConfirmRequest("o-1:confirm:4", "pi_4", 0));
        ChargePage second = provider.list(first.next(), 10);
        assertThat(second.charges()).extracting(SeenCharge::chargeId).containsExactly("pi_3", "pi_4");
        assertThat(provider.list(second.next(), 10).charges()).isEmpty();
    }

    /** What is passed over once never comes again: the list must not go past what may yet become a charge. */
    @Test
    void shouldListAnIntentThatIsConfirmedAfterTheListWasRead() {
        open("pm_card");
        confirm(0);
        stripe.now = stripe.now.plusSeconds(1);
        open("pm_card", 1);
        stripe.now = stripe.now.plusSeconds(1);
        open("pm_card", 2);
        provider.confirm(new ConfirmRequest("o-1:confirm:3", "pi_3", 0));

        ChargePage before = provider.list("", 10);
        assertThat(before.charges()).extracting(SeenCharge::chargeId).containsExactly("pi_1");
        assertThat(before.upTo()).isEqualTo(stripe.now.minusSeconds(1));
        assertThat(provider.list(before.next(), 10))
                .isEqualTo(new ChargePage(List.of(), before.next(), false, before.upTo()));

        provider.confirm(new ConfirmRequest("o-1:confirm:2", "pi_2", 0));
        ChargePage after = provider.list(before.next(), 10);
        assertThat(after.charges()).extracting(SeenCharge::chargeId).containsExactly("pi_2", "pi_3");
        assertThat(after.upTo()).isNull();
    }

    @Test
    void shouldPassOverAnIntentThatNobodyConfirms() {
        open("pm_card");
        open("pm_card", 1);
        provider.confirm(new ConfirmRequest("o-1:confirm:2", "pi_2", 0));
        stripe.now = stripe.now.plus(ABANDONED).minusSeconds(1);
        assertThat(provider.list("", 10).charges()).isEmpty();
        stripe.now = stripe.now.plusSeconds(1);
        assertThat(provider.list("", 10).charges())
                .extracting(SeenCharge::chargeId)
                .containsExactly("pi_2");
    }

    @Test
    void shouldNotWaitForTheIntentsOfOthers() {
        open("pm_card");
        stripe.intents.get("pi_1").putObject("metadata");
        assertThat(provider.list("", 10)).isEqualTo(new ChargePage(List.of(), "pi_1", false));
    }

    @Test
    void shouldListFromTheBeginningHoweverMuchThereIs() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            open("pm_card", i);
            stripe.succeed("pi_" + (i + 1));
            all.add("pi_" + (i + 1));
            // Three in the first second, and later ones far apart.
            stripe.now = stripe.now.plusSeconds(i < 2 ? 0 : 100_000L * i);
        }

        List<String> listed = new ArrayList<>();
        ChargePage page = provider.list("", 2);
        page.charges().forEach(charge -> listed.add(charge.chargeId()));
        while (page.hasMore()) {
            page = provider.list(page.next(), 2);
            assertThat(page.charges()).hasSizeBetween(1, 2);
            page.charges().forEach(charge -> listed.add(charge.chargeId()));
        }

        assertThat(listed).isEqualTo(all);
        assertThat(stripe.requests)
                .filteredOn("GET /v1/payment_intents"::equals)
                .hasSizeLessThan(50);
    }

    @Test
    void shouldLeaveAloneWhatAnotherInstallationCharges() {
        try (StripeProvider other = provider(StripeLikeServer.KEY, "other:");
                StripeProvider nameless = provider(StripeLikeServer.KEY, "")) {
            other.charge(request("pm_card", 0));
            other.confirm(new ConfirmRequest("o-1:confirm", "pi_1", 0));
            other.charge(request("pm_slow", 1));

            for (StripeProvider one : List.of(provider, nameless)) {
                assertThat(one.lookUp(new LookUpRequest("o-1:charge", null, true)))
                        .isEmpty();
                assertThat(one.list("", 10).charges())
                        .extracting(SeenCharge::key)
                        .as("not ours, and nothing to wait for")
                        .containsExactly("");
            }
            assertThat(stripe.intents.get("pi_2").path("status").asText()).isEqualTo("requires_confirmation");
            assertThat(other.lookUp(new LookUpRequest("o-1:charge", null, false)))
                    .hasValueSatisfying(seen -> assertThat(seen.chargeId()).isEqualTo("pi_1"));
        }
    }

    @Test
    void shouldKnowTheChargesOfAnEarlierVersionThatNamedNoInstallation() {
        try (StripeProvider nameless = provider(StripeLikeServer.KEY, "")) {
            nameless.charge(request("pm_card", 0));
        }
        assertThat(stripe.intents.get("pi_1").path("metadata").has("orderflow_prefix"))
                .isFalse();
        confirm(0);
        assertThat(provider.list("", 10).charges()).extracting(SeenCharge::key).containsExactly("o-1:charge");
        assertThat(lookUp(null, false)).isEqualTo(Standing.CAPTURED);
    }

    private ChargeAnswer open(String method) {
        return open(method, 0);
    }

    private ChargeAnswer open(String method, int tries) {
        return provider.charge(request(method, tries));
    }

    private static ChargeRequest request(String method, int tries) {
        return new ChargeRequest("o-1:charge", "o-1", new Bill("u-1", method, new Amount(2999, "USD")), tries);
    }

    private ChargeAnswer confirm(int tries) {
        return provider.confirm(new ConfirmRequest("o-1:confirm", "pi_1", tries));
    }

    private String refund(int tries) {
        return provider.refund(new RefundRequest("o-1:refund", "o-1", capture(), tries));
    }

    private static Capture capture() {
        return new Capture(1, "pi_1", new Amount(2999, "USD"));
    }

    private Standing lookUp(String opened, boolean close) {
        return provider.lookUp(new LookUpRequest("o-1:charge", opened, close))
                .map(SeenCharge::standing)
                .orElse(null);
    }
}
