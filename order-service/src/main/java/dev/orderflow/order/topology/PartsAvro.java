package dev.orderflow.order.topology;

import dev.orderflow.events.OrderStatus;
import dev.orderflow.order.saga.CancelReason;
import dev.orderflow.order.saga.Customer;
import dev.orderflow.order.saga.Fault;
import dev.orderflow.order.saga.PricedLine;
import dev.orderflow.order.saga.Shortage;
import dev.orderflow.order.saga.Status;
import dev.orderflow.order.saga.Totals;
import java.util.ArrayList;
import java.util.List;

/** The pieces that several records share, to Avro and back. */
final class PartsAvro {

    private PartsAvro() {}

    static dev.orderflow.events.Customer customer(Customer customer) {
        return new dev.orderflow.events.Customer(customer.userId(), customer.paymentMethodId(), customer.locale());
    }

    static Customer customer(dev.orderflow.events.Customer customer) {
        return new Customer(customer.getUserId(), customer.getPaymentMethodId(), customer.getLocale());
    }

    static List<dev.orderflow.events.PricedLine> lines(List<PricedLine> lines) {
        List<dev.orderflow.events.PricedLine> avro = new ArrayList<>(lines.size());
        for (PricedLine line : lines) {
            avro.add(new dev.orderflow.events.PricedLine(
                    line.productId(), line.quantity(), line.unitPrice(), line.lineTotal()));
        }
        return avro;
    }

    static List<PricedLine> fromLines(List<dev.orderflow.events.PricedLine> avro) {
        List<PricedLine> lines = new ArrayList<>(avro.size());
        for (dev.orderflow.events.PricedLine line : avro) {
            lines.add(
                    new PricedLine(line.getProductId(), line.getQuantity(), line.getUnitPrice(), line.getLineTotal()));
        }
        return lines;
    }

    static dev.orderflow.events.Totals totals(Totals totals) {
        return new dev.orderflow.events.Totals(
                totals.currency(),
                totals.digits(),
                totals.subtotal(),
                totals.taxBasisPoints(),
                totals.tax(),
                totals.total());
    }

    static Totals totals(dev.orderflow.events.Totals totals) {
        return new Totals(
                totals.getCurrency(),
                totals.getDigits(),
                totals.getSubtotal(),
                totals.getTaxBasisPoints(),
                totals.getTax(),
                totals.getTotal());
    }

    static List<Shortage> shortages(List<dev.orderflow.events.Shortage> avro) {
        return avro.stream()
                .map(each -> new Shortage(each.getProductId(), each.getRequested(), each.getAvailable()))
                .toList();
    }

    static List<dev.orderflow.events.Shortage> toShortages(List<Shortage> shortages) {
        return shortages.stream()
                .map(each -> new dev.orderflow.events.Shortage(each.productId(), each.requested(), each.available()))
                .toList();
    }

    static List<dev.orderflow.events.Fault> faults(List<Fault> faults) {
        return faults.stream()
                .map(fault -> new dev.orderflow.events.Fault(fault.field(), fault.value(), fault.message()))
                .toList();
    }

    static dev.orderflow.events.CancelReason reason(CancelReason reason) {
        return switch (reason) {
            case OUT_OF_STOCK -> dev.orderflow.events.CancelReason.OUT_OF_STOCK;
            case PAYMENT_DECLINED -> dev.orderflow.events.CancelReason.PAYMENT_DECLINED;
            case TIMEOUT -> dev.orderflow.events.CancelReason.TIMEOUT;
            case REQUESTED -> dev.orderflow.events.CancelReason.REQUESTED;
        };
    }

    static CancelReason reason(dev.orderflow.events.CancelReason reason) {
        return switch (reason) {
            case OUT_OF_STOCK -> CancelReason.OUT_OF_STOCK;
            case PAYMENT_DECLINED -> CancelReason.PAYMENT_DECLINED;
            case TIMEOUT -> CancelReason.TIMEOUT;
            case REQUESTED -> CancelReason.REQUESTED;
            case INVALID, UNKNOWN -> throw new IllegalStateException("no accepted order ends as " + reason);
        };
    }

    static OrderStatus status(Status status) {
        return switch (status) {
            case RESERVING -> OrderStatus.RESERVING;
            case CHARGING -> OrderStatus.CHARGING;
            case EXPIRING -> OrderStatus.EXPIRING;
            case CANCELLING -> OrderStatus.CANCELLING;
            case CONFIRMED -> OrderStatus.CONFIRMED;
            case COMPLETED -> OrderStatus.COMPLETED;
            case REFUNDING -> OrderStatus.REFUNDING;
            case REFUNDED -> OrderStatus.REFUNDED;
            case CANCELLED -> OrderStatus.CANCELLED;
            case REJECTED -> OrderStatus.REJECTED;
        };
    }

    static Status status(OrderStatus status) {
        return switch (status) {
            case RESERVING -> Status.RESERVING;
            case CHARGING -> Status.CHARGING;
            case EXPIRING -> Status.EXPIRING;
            case CANCELLING -> Status.CANCELLING;
            case CONFIRMED -> Status.CONFIRMED;
            case COMPLETED -> Status.COMPLETED;
            case REFUNDING -> Status.REFUNDING;
            case REFUNDED -> Status.REFUNDED;
            case CANCELLED -> Status.CANCELLED;
            case REJECTED -> Status.REJECTED;
            case UNKNOWN -> throw new IllegalStateException("a status of a newer version: run that version again");
        };
    }
}
