package dev.orderflow.notification.topology;

import dev.orderflow.events.CancelReason;
import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderCancelled;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderConfirmed;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.Totals;
import dev.orderflow.notification.message.MailKind;
import dev.orderflow.notification.message.Notice;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What an event means for its customer. */
final class Notices {

    private static final String REVIEW = ":mail-" + MailKind.REVIEW.text();

    private Notices() {}

    /**
     * A notice, and whom it concerns.
     *
     * @param userId none for an order that came without
     * @param locale BCP 47 tag; none for a customer who has given none
     */
    record Addressed(Notice notice, Optional<String> userId, Optional<String> locale) {}

    static Addressed of(SpecificRecord event) {
        return switch (event) {
            case OrderConfirmed confirmed ->
                addressed(
                        confirmed.getCustomer(),
                        new Notice.Confirmed(
                                confirmed.getOrderId(), lines(confirmed.getLines()), price(confirmed.getTotals())));
            case OrderCancelled cancelled -> addressed(cancelled.getCustomer(), cancelled(cancelled));
            case OrderCompleted completed ->
                addressed(
                        completed.getCustomer(),
                        new Notice.Dispatched(completed.getOrderId(), lines(completed.getLines())));
            case OrderRefunded refunded ->
                addressed(
                        refunded.getCustomer(),
                        new Notice.Refunded(
                                refunded.getOrderId(),
                                price(refunded.getTotals()),
                                Optional.ofNullable(refunded.getReason())));
            default ->
                throw new IllegalArgumentException(
                        "Nobody is told of a " + event.getSchema().getName());
        };
    }

    /** What an effect tells: an event leads to the mail that its key names. */
    static Addressed of(String key, SpecificRecord event) {
        if (event instanceof OrderCompleted completed && key.endsWith(REVIEW)) {
            return addressed(
                    completed.getCustomer(),
                    new Notice.ReviewRequest(completed.getOrderId(), lines(completed.getLines())));
        }
        return of(event);
    }

    private static Notice cancelled(OrderCancelled cancelled) {
        if (cancelled.getReason() == CancelReason.INVALID) {
            return new Notice.Rejected(
                    cancelled.getOrderId(),
                    cancelled.getFaults().stream()
                            .map(fault -> new Notice.Fault(fault.getField(), fault.getMessage()))
                            .toList());
        }
        return new Notice.Cancelled(
                cancelled.getOrderId(),
                cause(cancelled.getReason()),
                cancelled.getShortages().stream()
                        .map(shortage -> new Notice.Shortage(
                                shortage.getProductId(), shortage.getRequested(), shortage.getAvailable()))
                        .toList());
    }

    private static Notice.Cause cause(CancelReason reason) {
        return switch (reason) {
            case OUT_OF_STOCK -> Notice.Cause.OUT_OF_STOCK;
            case PAYMENT_DECLINED -> Notice.Cause.PAYMENT_DECLINED;
            case TIMEOUT -> Notice.Cause.TIMEOUT;
            case REQUESTED -> Notice.Cause.REQUESTED;
            case INVALID, UNKNOWN -> Notice.Cause.OTHER;
        };
    }

    private static List<Notice.Line> lines(List<PricedLine> lines) {
        return lines.stream()
                .map(line -> new Notice.Line(line.getProductId(), line.getQuantity(), line.getLineTotal()))
                .toList();
    }

    private static Notice.Price price(Totals totals) {
        return new Notice.Price(
                totals.getCurrency(), totals.getDigits(), totals.getSubtotal(), totals.getTax(), totals.getTotal());
    }

    private static Addressed addressed(Customer customer, Notice notice) {
        return new Addressed(
                notice,
                Optional.ofNullable(customer.getUserId()).filter(userId -> !userId.isBlank()),
                Optional.ofNullable(customer.getLocale()));
    }
}
