package dev.orderflow.payment.provider;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.param.PaymentIntentConfirmParams;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.Found.Standing;
import dev.orderflow.payment.stripe.StripeMetadata;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the states of Stripe's PaymentIntents mean here. */
final class StripeIntents {

    /** A capture tells more than a charge that waits, and that more than a decline: several may have one key. */
    static final Comparator<SeenCharge> MOST_TELLING = Comparator.comparingInt(charge -> switch (charge.standing()) {
        case CAPTURED -> 0;
        case REFUNDED -> 1;
        case PENDING -> 2;
        case DECLINED -> 3;
    });

    private StripeIntents() {}

    static PaymentIntentConfirmParams confirm(StripeAccount account) {
        PaymentIntentConfirmParams.Builder params = PaymentIntentConfirmParams.builder();
        if (account.returnUrl() != null) {
            params.setReturnUrl(account.returnUrl());
        }
        return params.build();
    }

    /** What has become of the charge; empty where it is not confirmed yet, or in a state that we never bring about. */
    static Optional<ChargeAnswer> verdict(PaymentIntent intent) {
        return switch (status(intent)) {
            case "succeeded" -> Optional.of(new ChargeAnswer.Captured(intent.getId()));
            case "processing" -> Optional.of(new ChargeAnswer.Pending(null, null));
            case "requires_action" -> Optional.of(new ChargeAnswer.Pending(approval(intent), null));
            case "canceled" -> Optional.of(new ChargeAnswer.Declined("canceled"));
            case "requires_payment_method" -> Optional.of(new ChargeAnswer.Declined(declined(intent)));
            default -> Optional.empty();
        };
    }

    /** Whether it may yet be captured, and can be closed. */
    static boolean isOpen(PaymentIntent intent) {
        return switch (status(intent)) {
            case "requires_confirmation", "requires_action", "requires_payment_method", "requires_capture" -> true;
            default -> false;
        };
    }

    /** Whether it was created only: it may yet be confirmed, and is no charge until then. */
    static boolean isUnconfirmed(PaymentIntent intent) {
        return status(intent).equals("requires_confirmation");
    }

    /** The charge, unless nobody has confirmed it. */
    static Optional<SeenCharge> seen(PaymentIntent intent, String key) {
        return switch (status(intent)) {
            case "succeeded" ->
                Optional.of(seen(intent, key, isRefunded(intent) ? Standing.REFUNDED : Standing.CAPTURED));
            case "processing", "requires_action", "requires_capture" ->
                Optional.of(seen(intent, key, Standing.PENDING));
            case "canceled", "requires_payment_method" -> Optional.of(seen(intent, key, Standing.DECLINED));
            default -> Optional.empty();
        };
    }

    /**
     * The key that it was created with; empty where it is none of ours.
     *
     * @param prefix of our keys
     */
    static String keyOf(PaymentIntent intent, String prefix) {
        Map<String, String> metadata = intent.getMetadata();
        return metadata == null
                ? ""
                : StripeMetadata.ours(metadata::get, prefix)
                        .map(StripeMetadata::key)
                        .orElse("");
    }

    private static SeenCharge seen(PaymentIntent intent, String key, Standing standing) {
        Long amount = intent.getAmount();
        String currency = intent.getCurrency();
        return new SeenCharge(
                key,
                standing,
                intent.getId(),
                amount == null || currency == null ? null : new Amount(amount, currency.toUpperCase(Locale.ROOT)));
    }

    private static boolean isRefunded(PaymentIntent intent) {
        Charge charge = intent.getLatestChargeObject();
        return charge != null && Boolean.TRUE.equals(charge.getRefunded());
    }

    private static String status(PaymentIntent intent) {
        return intent.getStatus() == null ? "" : intent.getStatus();
    }

    private static @Nullable String approval(PaymentIntent intent) {
        PaymentIntent.NextAction next = intent.getNextAction();
        return next == null || next.getRedirectToUrl() == null
                ? null
                : next.getRedirectToUrl().getUrl();
    }

    private static String declined(PaymentIntent intent) {
        StripeError error = intent.getLastPaymentError();
        if (error == null) {
            return "declined";
        }
        String code = error.getDeclineCode() != null ? error.getDeclineCode() : error.getCode();
        return code == null ? "declined" : code;
    }
}
