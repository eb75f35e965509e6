package dev.orderflow.order.saga;

import dev.orderflow.order.saga.SagaMessage.Asked;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from what people ask of an order. */
final class RequestSteps {

    private static final int LONGEST_ID = 255;

    private RequestSteps() {}

    static void apply(Draft order, Asked message) {
        if (order.notedKey(keyOf(message))) {
            return;
        }
        Optional<String> refused = message.request().refusedIn(order.status);
        if (refused.isPresent()) {
            note(order, Step.REQUEST_REFUSED, message.request().verb() + " refused: " + refused.get(), message);
            return;
        }
        switch (message.request()) {
            case Request.Cancel(String reason) -> {
                note(order, Step.CANCEL_REQUESTED, detail(message.by(), reason), message);
                Moves.undo(order, Ending.of(CancelReason.REQUESTED, reason == null ? "cancel requested" : reason));
            }
            case Request.Retry _ -> {
                note(order, Step.RETRY_REQUESTED, detail(message.by(), null), message);
                retry(order);
            }
            case Request.Refund(String reason) -> {
                note(order, Step.REFUND_REQUESTED, detail(message.by(), reason), message);
                order.refundReason = Shortened.detail(reason);
                Moves.refund(order);
            }
            case Request.Dispatch _ -> {
                note(order, Step.DISPATCH_REQUESTED, detail(message.by(), null), message);
                Moves.complete(order);
            }
        }
    }

    /** A payment that is being undone must never be tried again: there only the undo is repeated. */
    private static void retry(Draft order) {
        if (order.status == Status.CHARGING) {
            order.send(new Output.RetryPayment());
        } else {
            Moves.resendUndo(order);
        }
    }

    private static void note(Draft order, Step step, @Nullable String detail, Asked message) {
        order.note(step, 1, keyOf(message), detail, message.evidence());
    }

    /** Whoever asks chooses the id, which goes into every view from here on: a long one is stood for by its hash. */
    private static String keyOf(Asked message) {
        String id = message.requestId();
        return id.length() <= LONGEST_ID ? id : OrderId.derive("", id);
    }

    private static @Nullable String detail(@Nullable String by, @Nullable String reason) {
        if (by == null) {
            return reason;
        }
        return reason == null ? "by " + by : "by " + by + ": " + reason;
    }
}
