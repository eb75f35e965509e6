package dev.orderflow.payment.http;

import dev.orderflow.durable.http.Problem.Fault;
import dev.orderflow.events.PaymentWebhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a notification.
 *
 * @param webhook null where there are faults, and for a notification that is about nothing of ours
 */
record Parsed(@Nullable PaymentWebhook webhook, List<Fault> faults) {

    static final Parsed NOT_OURS = new Parsed(null, List.of());

    Parsed {
        faults = List.copyOf(faults);
    }
}
