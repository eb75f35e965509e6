package dev.orderflow.order.topology;

import dev.orderflow.events.CancelPayment;
import dev.orderflow.events.CancelReason;
import dev.orderflow.events.CommitStock;
import dev.orderflow.events.Customer;
import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.RefundPayment;
import dev.orderflow.events.ReleaseStock;
import dev.orderflow.events.RetryPayment;
import dev.orderflow.order.saga.Ending;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.Output;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.PricedOrder;
import dev.orderflow.order.saga.RejectedOrder;
import dev.orderflow.order.saga.Shortened;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the saga writes, as records. */
final class OutboundAvro {

    /**
     * A record with its place.
     *
     * @param type {@code ce_type}
     */
    record Outbound(String topic, String key, String type, SpecificRecord value) {}

    private static final int LONGEST_UNCHECKED = 256;

    private OutboundAvro() {}

    static Outbound of(Output output, OrderState order, OrderView view) {
        return switch (output) {
            case Output.Accepted _ -> accepted(order);
            case Output.Confirmed _ ->
                toEverybody(Topics.ORDER_CONFIRMED.name(), order.orderId(), "OrderConfirmed", confirmed(order));
            case Output.Completed _ ->
                toEverybody(Topics.ORDER_COMPLETED.name(), order.orderId(), "OrderCompleted", completed(order));
            case Output.Cancelled _ ->
                toEverybody(Topics.ORDER_CANCELLED.name(), order.orderId(), "OrderCancelled", cancelled(order));
            case Output.Refunded _ ->
                toEverybody(Topics.ORDER_REFUNDED.name(), order.orderId(), "OrderRefunded", refunded(order));
            case Output.View _ -> shown(view);
            case Output.ReleaseStock _,
                    Output.CommitStock _,
                    Output.CancelPayment _,
                    Output.RefundPayment _,
                    Output.RetryPayment _ -> command(output, order.orderId(), order.createdAt(), order.updatedAt());
        };
    }

    /** @param acceptedAt of the order that it is about; null where that is not known */
    static Outbound command(Output command, String orderId, @Nullable Instant acceptedAt, Instant at) {
        return switch (command) {
            case Output.ReleaseStock(String location, boolean unlessDone) ->
                toInventory(orderId, acceptedAt, location, at, "ReleaseStock", new ReleaseStock(unlessDone));
            case Output.CommitStock(String location) ->
                toInventory(orderId, acceptedAt, location, at, "CommitStock", new CommitStock());
            case Output.CancelPayment(boolean unlessDone, String reason) ->
                toPayment(orderId, acceptedAt, at, "CancelPayment", new CancelPayment(unlessDone, reason));
            case Output.RefundPayment(String reason) ->
                toPayment(orderId, acceptedAt, at, "RefundPayment", new RefundPayment(reason));
            case Output.RetryPayment _ -> toPayment(orderId, acceptedAt, at, "RetryPayment", new RetryPayment());
            case Output.Accepted _,
                    Output.Confirmed _,
                    Output.Completed _,
                    Output.Cancelled _,
                    Output.Refunded _,
                    Output.View _ -> throw new IllegalArgumentException(command + " of " + orderId + " is no command");
        };
    }

    static Outbound rejected(RejectedOrder order) {
        PlacedOrder asked = order.asked();
        return toEverybody(
                Topics.ORDER_CANCELLED.name(),
                asked.orderId(),
                "OrderCancelled",
                new OrderCancelled(
                        asked.orderId(),
                        customer(asked),
                        CancelReason.INVALID,
                        faultsOf(order),
                        PartsAvro.faults(order.faults()),
                        List.of(),
                        null,
                        asked.placedAt(),
                        order.rejectedAt()));
    }

    static Outbound shown(RejectedOrder order) {
        return shown(ViewAvro.view(order));
    }

    static Outbound shown(OrderView view) {
        return toEverybody(Topics.ORDER_VIEW.name(), view.getOrderId(), "OrderView", view);
    }

    /** Nobody has checked these yet: they may be as long as the whole record that they came with. */
    static Customer customer(PlacedOrder asked) {
        return new Customer(shortened(asked.userId()), shortened(asked.paymentMethodId()), shortened(asked.locale()));
    }

    static @Nullable String shortened(@Nullable String unchecked) {
        return unchecked == null ? null : Shortened.to(LONGEST_UNCHECKED, unchecked);
    }

    static String faultsOf(RejectedOrder order) {
        int faults = order.faults().size();
        return faults == 1 ? "the order has a fault" : "the order has " + faults + " faults";
    }

    private static Outbound accepted(OrderState state) {
        PricedOrder order = state.order();
        return new Outbound(
                Topics.ORDER_ACCEPTED.name(),
                order.stockLocation(),
                "OrderAccepted",
                new OrderAccepted(
                        order.orderId(),
                        PartsAvro.customer(order.customer()),
                        order.stockLocation(),
                        PartsAvro.lines(order.lines()),
                        PartsAvro.totals(order.totals()),
                        state.createdAt()));
    }

    private static OrderConfirmed confirmed(OrderState state) {
        PricedOrder order = state.order();
        return new OrderConfirmed(
                order.orderId(),
                PartsAvro.customer(order.customer()),
                order.stockLocation(),
                PartsAvro.lines(order.lines()),
                PartsAvro.totals(order.totals()),
                known(state.chargeId()),
                order.placedAt(),
                known(state.confirmedAt()));
    }

    private static OrderCompleted completed(OrderState state) {
        PricedOrder order = state.order();
        return new OrderCompleted(
                order.orderId(),
                PartsAvro.customer(order.customer()),
                order.stockLocation(),
                PartsAvro.lines(order.lines()),
                PartsAvro.totals(order.totals()),
                known(state.chargeId()),
                order.placedAt(),
                known(state.confirmedAt()),
                known(state.completedAt()));
    }

    private static OrderCancelled cancelled(OrderState state) {
        PricedOrder order = state.order();
        Ending ending = known(state.ending());
        return new OrderCancelled(
                order.orderId(),
                PartsAvro.customer(order.customer()),
                PartsAvro.reason(ending.reason()),
                ending.detail(),
                List.of(),
                PartsAvro.toShortages(ending.shortages()),
                PartsAvro.totals(order.totals()),
                order.placedAt(),
                state.updatedAt());
    }

    private static OrderRefunded refunded(OrderState state) {
        PricedOrder order = state.order();
        return new OrderRefunded(
                order.orderId(),
                PartsAvro.customer(order.customer()),
                PartsAvro.lines(order.lines()),
                PartsAvro.totals(order.totals()),
                known(state.chargeId()),
                known(state.refundId()),
                state.refundReason(),
                known(state.completedAt()),
                state.updatedAt());
    }

    private static Outbound toEverybody(String topic, String orderId, String type, SpecificRecord value) {
        return new Outbound(topic, orderId, type, value);
    }

    private static Outbound toInventory(
            String orderId, @Nullable Instant acceptedAt, String location, Instant at, String type, Object command) {
        return new Outbound(
                Topics.INVENTORY_COMMANDS.name(),
                location,
                type,
                new InventoryCommand(orderId, location, at, command, acceptedAt));
    }

    private static Outbound toPayment(
            String orderId, @Nullable Instant acceptedAt, Instant at, String type, Object command) {
        return new Outbound(
                Topics.PAYMENT_COMMANDS.name(), orderId, type, new PaymentCommand(orderId, at, command, acceptedAt));
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a decision lacks what its record needs");
        }
        return value;
    }
}
