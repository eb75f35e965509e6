package dev.orderflow.payment.provider;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.PaymentIntentSearchParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.stripe.StripeMetadata;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Stripe, by its PaymentIntents: one is created for each attempt, and confirmed when its id is committed. No money moves
 * before that, so an intent whose id was lost is never charged, and one whose id is known can be closed for good.
 *
 * <p>Stripe replays whatever it first answered to a key, failures of its own among them; so a further try first looks, and
 * then comes with a key of its own. An intent cannot be confirmed twice, nor a charge paid back twice, whatever the key.
 * Amounts go as they are: whole numbers of ISO 4217's minor units. Safe for use by several threads.
 */
public final class StripeProvider implements PaymentProvider {

    private static final String ALREADY_REFUNDED = "charge_already_refunded";
    private static final String UNEXPECTED_STATE = "payment_intent_unexpected_state";
    private static final String IN_USE = "idempotency_key_in_use";
    private static final long MOST_REFUNDS = 100;

    private final StripeAccount account;
    private final StripeClient stripe;
    private final StripeList list;

    /** @param clock for a {@code Retry-After} that names a date, and for the age of what waits for its confirmation */
    public StripeProvider(StripeAccount account, InstantSource clock) {
        int timeout = Math.toIntExact(account.timeout().toMillis());
        this.account = account;
        this.stripe = StripeClient.builder()
                .setApiKey(account.apiKey())
                .setApiBase(account.url())
                .setConnectTimeout(timeout)
                .setReadTimeout(timeout)
                .setMaxNetworkRetries(0)
                .setHttpClient(new StripeHttp(clock))
                .build();
        this.list = new StripeList(
                params -> ask(
                        "list of charges", () -> stripe.v1().paymentIntents().list(params)),
                account,
                clock);
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public ChargeAnswer charge(ChargeRequest request) {
        AutomaticPaymentMethods methods = AutomaticPaymentMethods.builder()
                .setEnabled(true)
                .setAllowRedirects(
                        account.returnUrl() == null
                                ? AutomaticPaymentMethods.AllowRedirects.NEVER
                                : AutomaticPaymentMethods.AllowRedirects.ALWAYS)
                .build();
        PaymentIntentCreateParams params = PaymentIntentCreateParams.builder()
                .setAmount(request.bill().amount().minor())
                .setCurrency(request.bill().amount().currency().toLowerCase(Locale.ROOT))
                .setPaymentMethod(request.bill().paymentMethodId())
                .setAutomaticPaymentMethods(methods)
                .putAllMetadata(
                        new StripeMetadata(request.orderId(), request.idempotencyKey()).toMap(account.keyPrefix()))
                .build();
        String what = "charge " + request.idempotencyKey();
        return new ChargeAnswer.Opened(ask(
                        what,
                        () -> stripe.v1()
                                .paymentIntents()
                                .create(params, options(request.idempotencyKey(), request.tries())))
                .getId());
    }

    @Override
    public ChargeAnswer confirm(ConfirmRequest request) {
        String id = request.chargeId();
        if (request.tries() > 0) {
            Optional<ChargeAnswer> known = StripeIntents.verdict(retrieve(id));
            if (known.isPresent()) {
                return known.get();
            }
        }
        try {
            PaymentIntent confirmed = stripe.v1()
                    .paymentIntents()
                    .confirm(id, StripeIntents.confirm(account), options(request.idempotencyKey(), request.tries()));
            return StripeIntents.verdict(confirmed).orElseThrow(() -> undecided(id, confirmed));
        } catch (CardException declined) {
            return new ChargeAnswer.Declined(reason(declined));
        } catch (InvalidRequestException refused) {
            if (UNEXPECTED_STATE.equals(refused.getCode())) {
                // An earlier try has confirmed it, or it was closed.
                PaymentIntent present = retrieve(id);
                return StripeIntents.verdict(present).orElseThrow(() -> undecided(id, present));
            }
            throw failed("confirmation of " + id, refused);
        } catch (StripeException failure) {
            throw failed("confirmation of " + id, failure);
        }
    }

    @Override
    public String refund(RefundRequest request) {
        String id = request.capture().chargeId();
        String what = "refund of " + id + " (order " + request.orderId() + ")";
        if (request.tries() > 0) {
            Optional<String> before = refundOf(id);
            if (before.isPresent()) {
                return before.get();
            }
        }
        try {
            Refund refund = stripe.v1()
                    .refunds()
                    .create(
                            RefundCreateParams.builder().setPaymentIntent(id).build(),
                            options(request.idempotencyKey(), request.tries()));
            if ("failed".equals(refund.getStatus()) || "canceled".equals(refund.getStatus())) {
                throw new RetriableException("refund " + refund.getStatus() + ": the " + what + " at Stripe");
            }
            return refund.getId();
        } catch (InvalidRequestException refused) {
            if (ALREADY_REFUNDED.equals(refused.getCode())) {
                return refundOf(id).orElse("refund:" + id);
            }
            throw failed(what, refused);
        } catch (StripeException failure) {
            throw failed(what, failure);
        }
    }

    private Optional<String> refundOf(String intent) {
        return ask(
                        "list of refunds of " + intent,
                        () -> stripe.v1()
                                .refunds()
                                .list(RefundListParams.builder()
                                        .setPaymentIntent(intent)
                                        .setLimit(MOST_REFUNDS)
                                        .build()))
                .getData()
                .stream()
                .filter(refund -> "succeeded".equals(refund.getStatus()) || "pending".equals(refund.getStatus()))
                .map(Refund::getId)
                .findFirst();
    }

    @Override
    public Optional<SeenCharge> lookUp(LookUpRequest request) {
        String opened = request.opened();
        if (opened != null) {
            return Optional.of(retrieve(opened)).flatMap(intent -> seen(intent, request));
        }
        // Only by way of an index that is some moments behind: what was just opened is not charged without its id.
        List<PaymentIntent> found = ask(
                        "look-up of " + request.idempotencyKey(),
                        () -> stripe.v1()
                                .paymentIntents()
                                .search(PaymentIntentSearchParams.builder()
                                        .setQuery("metadata['" + StripeMetadata.KEY + "']:'" + request.idempotencyKey()
                                                + "'")
                                        .addExpand("data.latest_charge")
                                        .build()))
                .getData();
        return found.stream()
                .filter(intent ->
                        StripeIntents.keyOf(intent, account.keyPrefix()).equals(request.idempotencyKey()))
                .flatMap(intent -> seen(intent, request).stream())
                .min(StripeIntents.MOST_TELLING);
    }

    private Optional<SeenCharge> seen(PaymentIntent intent, LookUpRequest request) {
        PaymentIntent present = request.close() && StripeIntents.isOpen(intent) ? close(intent) : intent;
        return StripeIntents.seen(present, request.idempotencyKey());
    }

    /** From here on it can never be captured; one that was captured meanwhile stays so. */
    private PaymentIntent close(PaymentIntent intent) {
        String id = intent.getId();
        try {
            return stripe.v1().paymentIntents().cancel(id);
        } catch (InvalidRequestException refused) {
            if (UNEXPECTED_STATE.equals(refused.getCode())) {
                return retrieve(id);
            }
            throw failed("cancel of " + id, refused);
        } catch (StripeException failure) {
            throw failed("cancel of " + id, failure);
        }
    }

    @Override
    public ChargePage list(String after, int limit) {
        return list.page(after, limit);
    }

    @Override
    public void close() {
        // The client keeps nothing open between calls.
    }

    private PaymentIntent retrieve(String id) {
        return ask(
                "look-up of " + id,
                () -> stripe.v1()
                        .paymentIntents()
                        .retrieve(
                                id,
                                PaymentIntentRetrieveParams.builder()
                                        .addExpand("latest_charge")
                                        .build()));
    }

    /** Each try has a key of its own but for the first, since Stripe would answer with the failure of the one before. */
    private RequestOptions options(String key, int tries) {
        return RequestOptions.builder()
                .setIdempotencyKey(account.keyPrefix() + key + (tries == 0 ? "" : "#" + tries))
                .build();
    }

    /** A call of Stripe's client. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws StripeException;
    }

    private <T> T ask(String what, Call<T> call) {
        try {
            return Objects.requireNonNull(call.run());
        } catch (StripeException failure) {
            throw failed(what, failure);
        }
    }

    /** Only a request that Stripe says it will never take is refused for good; all else leaves the outcome open. */
    private RuntimeException failed(String what, StripeException failure) {
        Integer status = failure.getStatusCode();
        boolean answered = status != null && status > 0;
        boolean never = failure instanceof InvalidRequestException && !IN_USE.equals(failure.getCode());
        String kind = answered ? (never ? "refused with " : "answered ") + status : "no answer";
        String text = kind + ": the " + what + " at " + account.url() + ": " + failure.getMessage();
        if (never) {
            return new TerminalException(text, failure);
        }
        if (failure instanceof IdempotencyException) {
            return new RetriableException(
                    text + " (is payment.key-prefix the same as that of another installation?)", failure);
        }
        String remedy = answered && (status == 401 || status == 403) ? " (is payment.api-key right?)" : "";
        return new RetriableException(text + remedy, failure);
    }

    private static RetriableException undecided(String id, PaymentIntent intent) {
        return new RetriableException(
                "left open: the confirmation of " + id + " at Stripe: it is " + intent.getStatus());
    }

    private static String reason(CardException declined) {
        String code = declined.getDeclineCode() != null ? declined.getDeclineCode() : declined.getCode();
        StripeError error = declined.getStripeError();
        return code != null ? code : error != null && error.getMessage() != null ? error.getMessage() : "card_declined";
    }
}
