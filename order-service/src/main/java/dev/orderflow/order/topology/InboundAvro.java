package dev.orderflow.order.topology;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.events.CancelOrder;
import dev.orderflow.events.DispatchOrder;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.OrderLine;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentAttemptFailed;
import dev.orderflow.events.PaymentCancelling;
import dev.orderflow.events.PaymentCharged;
import dev.orderflow.events.PaymentDeclined;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentHeld;
import dev.orderflow.events.PaymentPending;
import dev.orderflow.events.PaymentRefunded;
import dev.orderflow.events.PaymentVoided;
import dev.orderflow.events.RefundOrder;
import dev.orderflow.events.RetryOrder;
import dev.orderflow.events.StockCommitted;
import dev.orderflow.events.StockRejected;
import dev.orderflow.events.StockReleased;
import dev.orderflow.events.StockReserved;
import dev.orderflow.events.StockStands;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.Money;
import dev.orderflow.order.saga.PaymentFact;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.Request;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.saga.StockFact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes in, as the saga understands it. */
final class InboundAvro {

    private InboundAvro() {}

    static SagaMessage.Placed placed(Message<OrderPlaced> message) {
        OrderPlaced order = message.value();
        List<PlacedOrder.Item> items = new ArrayList<>(order.getItems().size());
        for (OrderLine line : order.getItems()) {
            items.add(new PlacedOrder.Item(line.getProductId(), line.getQuantity(), line.getPrice()));
        }
        return new SagaMessage.Placed(
                new PlacedOrder(
                        order.getOrderId(),
                        order.getCustomer().getUserId(),
                        order.getCustomer().getPaymentMethodId(),
                        order.getCustomer().getLocale(),
                        order.getCurrency(),
                        order.getStockLocation(),
                        items,
                        order.getPlacedAt()),
                evidence(message));
    }

    static SagaMessage.OfStock stock(Message<InventoryEvent> message) {
        StockFact fact =
                switch (message.value().getFact()) {
                    case StockReserved _, StockStands _ -> new StockFact.Reserved();
                    case StockRejected rejected -> new StockFact.Rejected(PartsAvro.shortages(rejected.getShortages()));
                    case StockReleased released -> new StockFact.Released(released.getWasReserved());
                    case StockCommitted _ -> new StockFact.Committed();
                    case null, default ->
                        throw unknown("inventory", message.value().getFact());
                };
        return new SagaMessage.OfStock(message.value().getStockLocation(), fact, evidence(message));
    }

    static SagaMessage.OfPayment payment(Message<PaymentEvent> message) {
        PaymentEvent event = message.value();
        PaymentFact fact =
                switch (event.getFact()) {
                    case PaymentCharged charged ->
                        new PaymentFact.Charged(
                                charged.getChargeId(),
                                new Money(
                                        charged.getAmount().getAmount(),
                                        charged.getAmount().getCurrency()));
                    case PaymentDeclined declined -> new PaymentFact.Declined(declined.getReason());
                    case PaymentPending pending -> new PaymentFact.Pending(pending.getPaymentUrl(), pending.getUntil());
                    case PaymentHeld held -> new PaymentFact.Held(held.getReason());
                    case PaymentCancelling _ -> new PaymentFact.Cancelling();
                    case PaymentVoided _ -> new PaymentFact.Voided();
                    case PaymentRefunded refunded ->
                        new PaymentFact.Refunded(refunded.getChargeId(), refunded.getRefundId());
                    case PaymentAttemptFailed failed ->
                        new PaymentFact.AttemptFailed(failed.getTries(), failed.getReason(), failed.getRetryAt());
                    case null, default -> throw unknown("payment", event.getFact());
                };
        return new SagaMessage.OfPayment(event.getAttempt(), event.getIdempotencyKey(), fact, evidence(message));
    }

    static SagaMessage.Asked asked(Message<OrderRequest> message) {
        OrderRequest asked = message.value();
        Request request =
                switch (asked.getRequest()) {
                    case CancelOrder cancel -> new Request.Cancel(cancel.getReason());
                    case RetryOrder _ -> new Request.Retry();
                    case RefundOrder refund -> new Request.Refund(refund.getReason());
                    case DispatchOrder _ -> new Request.Dispatch();
                    case null, default -> throw unknown("a request", asked.getRequest());
                };
        OrderView seen = asked.getSeen();
        return new SagaMessage.Asked(
                asked.getRequestId(),
                asked.getBy(),
                request,
                seen == null || seen.getTotals() == null ? null : ViewAvro.closed(seen),
                evidence(message));
    }

    private static Evidence evidence(Message<?> message) {
        return new Evidence(
                message.topic(),
                message.partition(),
                message.offset(),
                message.offset() == Message.NOT_KNOWN_YET ? message.eventId() : null);
    }

    private static PoisonException unknown(String from, @Nullable Object what) {
        return new PoisonException("a message of " + from + " that this version does not know: "
                + (what == null ? "null" : what.getClass().getSimpleName()) + "; deploy the reader before the writer");
    }
}
