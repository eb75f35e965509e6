package dev.orderflow.order.saga;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an entry of an order's timeline is about. */
public enum Step {
    ORDER_ACCEPTED("order-accepted", "accept"),
    ORDER_REJECTED("order-rejected", "reject"),
    STOCK_RESERVED("stock-reserved", "reserve"),
    STOCK_REJECTED("stock-rejected"),
    STOCK_COMMITTED("stock-committed", "commit"),
    STOCK_RELEASED("stock-released", "release"),
    PAYMENT_CHARGED("payment-charged", "charge"),
    PAYMENT_DECLINED("payment-declined"),
    PAYMENT_PENDING("payment-pending"),
    PAYMENT_HELD("payment-held"),
    PAYMENT_ATTEMPT_FAILED("payment-attempt-failed"),
    PAYMENT_CANCELLING("payment-cancelling"),
    PAYMENT_VOIDED("payment-voided", "void"),
    PAYMENT_REFUNDED("payment-refunded", "refund"),
    RESERVE_DEADLINE("reserve-deadline"),
    PAYMENT_DEADLINE("payment-deadline"),
    UNDO_REPEATED("undo-repeated"),
    CANCEL_REQUESTED("cancel-requested"),
    RETRY_REQUESTED("retry-requested"),
    REFUND_REQUESTED("refund-requested"),
    DISPATCH_REQUESTED("dispatch-requested"),
    REQUEST_REFUSED("request-refused"),
    CONTENT_CONFLICT("content-conflict"),
    OUT_OF_PLACE("out-of-place"),
    ORDER_CONFIRMED("order-confirmed", "confirm"),
    ORDER_COMPLETED("order-completed", "dispatch"),
    ORDER_CANCELLED("order-cancelled", "cancel"),
    ORDER_REFUNDED("order-refunded"),
    /** Written by a newer version of the saga. */
    UNKNOWN("unknown");

    private static final Map<String, Step> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Step::text, Function.identity()));

    private final String text;
    private final Optional<String> completes;

    Step(String text) {
        this.text = text;
        this.completes = Optional.empty();
    }

    Step(String text, String completes) {
        this.text = text;
        this.completes = Optional.of(completes);
    }

    /** How the step is written, such as {@code stock-reserved}. */
    public String text() {
        return text;
    }

    /** The step of the order that is complete with this entry, such as {@code reserve}. */
    public Optional<String> completes() {
        return completes;
    }

    /** Whether it may come any number of times, and only the newest of several in a row is worth keeping. */
    boolean repeats() {
        return switch (this) {
            case PAYMENT_HELD,
                    PAYMENT_ATTEMPT_FAILED,
                    UNDO_REPEATED,
                    REQUEST_REFUSED,
                    RETRY_REQUESTED,
                    CONTENT_CONFLICT,
                    OUT_OF_PLACE -> true;
            case ORDER_ACCEPTED,
                    ORDER_REJECTED,
                    STOCK_RESERVED,
                    STOCK_REJECTED,
                    STOCK_COMMITTED,
                    STOCK_RELEASED,
                    PAYMENT_CHARGED,
                    PAYMENT_DECLINED,
                    PAYMENT_PENDING,
                    PAYMENT_CANCELLING,
                    PAYMENT_VOIDED,
                    PAYMENT_REFUNDED,
                    RESERVE_DEADLINE,
                    PAYMENT_DEADLINE,
                    CANCEL_REQUESTED,
                    REFUND_REQUESTED,
                    DISPATCH_REQUESTED,
                    ORDER_CONFIRMED,
                    ORDER_COMPLETED,
                    ORDER_CANCELLED,
                    ORDER_REFUNDED,
                    UNKNOWN -> false;
        };
    }

    /** The step that is written so. */
    public static Step of(String text) {
        return BY_TEXT.getOrDefault(text, UNKNOWN);
    }
}
