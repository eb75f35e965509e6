package dev.orderflow.order.saga;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person asks of an order. */
public sealed interface Request {

    /** Undo the order; possible until it is dispatched. */
    record Cancel(@Nullable String reason) implements Request {}

    /** Do again at once what waits for its next try. */
    record Retry() implements Request {}

    /** Pay a dispatched order back. */
    record Refund(@Nullable String reason) implements Request {}

    /** Dispatch a confirmed order now. */
    record Dispatch() implements Request {}

    /** The word for it, such as {@code cancel}. */
    default String verb() {
        return switch (this) {
            case Cancel _ -> "cancel";
            case Retry _ -> "retry";
            case Refund _ -> "refund";
            case Dispatch _ -> "dispatch";
        };
    }

    /** Why an order in this state cannot do it, for people; empty when it can. */
    default Optional<String> refusedIn(Status status) {
        return switch (this) {
            case Cancel _ -> cancelRefusedIn(status);
            case Retry _ -> retryRefusedIn(status);
            case Refund _ -> refundRefusedIn(status);
            case Dispatch _ ->
                status == Status.CONFIRMED
                        ? Optional.empty()
                        : Optional.of("the order is " + status + ": only a confirmed order can be dispatched");
        };
    }

    private static Optional<String> cancelRefusedIn(Status status) {
        return switch (status) {
            case RESERVING, CHARGING, EXPIRING, CONFIRMED -> Optional.empty();
            case CANCELLING, CANCELLED -> Optional.of("the order is " + status + " already");
            case COMPLETED -> Optional.of("the order is dispatched: ask for a refund instead");
            case REFUNDING, REFUNDED -> Optional.of("the order is dispatched, and " + status + " already");
            case REJECTED -> Optional.of("the order was never accepted: there is nothing to cancel");
        };
    }

    private static Optional<String> retryRefusedIn(Status status) {
        return switch (status) {
            case CHARGING, EXPIRING, CANCELLING, REFUNDING -> Optional.empty();
            case RESERVING -> Optional.of("the order waits for its stock, which answers once or runs out of time");
            case CONFIRMED -> Optional.of("the order is CONFIRMED: ask for its dispatch instead");
            case REJECTED -> Optional.of("the order was never accepted: place a corrected one");
            case COMPLETED, REFUNDED, CANCELLED -> Optional.of("the order is " + status + ": nothing is left to try");
        };
    }

    private static Optional<String> refundRefusedIn(Status status) {
        return switch (status) {
            case COMPLETED -> Optional.empty();
            case RESERVING, CHARGING, EXPIRING, CONFIRMED ->
                Optional.of("the order is not dispatched: cancel it instead");
            case CANCELLING, CANCELLED -> Optional.of("the order is " + status + ", and nothing stays charged");
            case REFUNDING, REFUNDED -> Optional.of("the order is " + status + " already");
            case REJECTED -> Optional.of("the order was never accepted: nothing was charged");
        };
    }
}
