package dev.orderflow.payment.book;

import org.jspecify.annotations.Nullable;

/** One thing that the audit has read about an order. Each comes once, in any order of arrival, but for an undo and its answer, which may come again. */
public sealed interface Entry {

    String orderId();

    /** {@code order.accepted}: the order is in flight from here on. */
    record Accepted(String orderId, Sum total) implements Entry {}

    /** {@code order.confirmed}. */
    record Confirmed(String orderId, Sum total, String chargeId) implements Entry {}

    /** {@code order.completed}. */
    record Completed(String orderId) implements Entry {}

    /** {@code order.cancelled}, of an order that had been accepted. */
    record Cancelled(String orderId) implements Entry {}

    /** {@code order.refunded}. */
    record PaidBack(String orderId, Sum total, String chargeId) implements Entry {}

    /** {@code payment.commands}: the saga has asked for a cancel or a refund. */
    record UndoAsked(String orderId) implements Entry {}

    /** {@code payment.events}: payment says that this charge was captured. */
    record SaidCharged(String orderId, String key, String chargeId, Sum amount) implements Entry {}

    /** {@code payment.events}: payment says that this charge was paid back. */
    record SaidRefunded(String orderId, String key, String chargeId, Sum amount) implements Entry {}

    /**
     * The provider's list.
     *
     * @param chargeId null where there is none, as for some declines
     * @param amount null where the provider does not tell
     */
    record Listed(
            String orderId,
            String key,
            @Nullable String chargeId,
            @Nullable Sum amount,
            Standing standing) implements Entry {}
}
