package dev.orderflow.order.http;

import dev.orderflow.order.saga.Assessment;
import dev.orderflow.order.saga.Fault;
import dev.orderflow.order.saga.OrderId;
import dev.orderflow.order.saga.OrderValidation;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.SagaSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns the body of a request into an order to be placed, or into everything that is wrong with it. Thread-safe. */
final class OrderReader {

    private static final int LONGEST_KEY = 255;

    /** Stands in for an id where the body's own is not usable; the order is refused anyway. */
    private static final String NO_ID = "none";

    private final OrderValidation validation;
    private final String defaultCurrency;

    OrderReader(SagaSettings settings) {
        validation = new OrderValidation(settings);
        defaultCurrency = settings.currency();
    }

    /** What was read. */
    sealed interface Reading {

        /**
         * An order that breaks no rule.
         *
         * @param contentHash of what it asks for
         */
        record Order(PlacedOrder order, String contentHash) implements Reading {

            String id() {
                return order.orderId();
            }
        }

        /** Faults, at least one. */
        record Faulty(List<Fault> faults) implements Reading {}
    }

    /**
     * Reads an order. Its id is the one in the body; else it is derived from the idempotency key and the user; else it is
     * new.
     *
     * @throws MalformedJsonException when the body is not a JSON object
     */
    Reading read(byte[] json, Optional<String> idempotencyKey, Supplier<String> newId, Instant now)
            throws MalformedJsonException {
        OrderBody body = OrderBodyParser.parse(json, defaultCurrency);
        FaultList faults = body.faults();
        idempotencyKey.ifPresent(key -> checkKey(key, faults));
        PlacedOrder order = new PlacedOrder(
                orderId(body, idempotencyKey, newId),
                body.userId(),
                body.paymentMethodId(),
                body.locale(),
                body.currency(),
                body.stockLocation(),
                body.items(),
                now);
        return switch (validation.assess(order)) {
            case Assessment.Invalid invalid -> {
                invalid.faults().forEach(faults::addIfNew);
                yield new Reading.Faulty(faults.toList());
            }
            case Assessment.Valid valid ->
                faults.isEmpty() ? new Reading.Order(order, valid.contentHash()) : new Reading.Faulty(faults.toList());
        };
    }

    private static String orderId(OrderBody body, Optional<String> idempotencyKey, Supplier<String> newId) {
        if (body.orderId() != null) {
            return body.orderId();
        }
        String userId = body.userId();
        if (!body.faults().isEmpty() || userId == null) {
            return NO_ID;
        }
        return idempotencyKey.map(key -> OrderId.derive(userId, key)).orElseGet(newId);
    }

    private static void checkKey(String key, FaultList faults) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            faults.add("Idempotency-Key", key, "give 1 to " + LONGEST_KEY + " characters in this header");
        }
    }
}
