package dev.orderflow.payment.book;

import java.util.List;

/** Rows as people are told of them. */
final class Lines {

    private Lines() {}

    static BookReport.Line differing(OrderRow row, Fault fault) {
        return line(row, fault.name(), fault.meaning(), fault.remedy());
    }

    static BookReport.Line inFlight(OrderRow row) {
        return switch (row.stage()) {
            case UNKNOWN ->
                line(row, "IN_FLIGHT", "its charge was seen, its order not yet", "wait for the topics to be read");
            case ACCEPTED ->
                line(
                        row,
                        "IN_FLIGHT",
                        "stock or payment has still to answer, or is being undone",
                        "see ./orderflow show " + row.orderId + "; POST /orders/" + row.orderId
                                + "/retry does at once what waits for its next try");
            case CONFIRMED ->
                line(
                        row,
                        "IN_FLIGHT",
                        row.undoing ? "it is being paid back" : "it is being dispatched",
                        row.undoing ? "wait for the provider" : "none: it ends with its dispatch");
            case COMPLETED, CANCELLED, REFUNDED ->
                row.charges.stream().anyMatch(charge -> charge.missing)
                        ? line(
                                row,
                                "IN_FLIGHT",
                                "its provider has never seen a charge that payment tells of",
                                "see that payment.url is the provider that it was charged at")
                        : line(row, "IN_FLIGHT", "its provider has still to be asked", "wait for the provider's list");
        };
    }

    private static BookReport.Line line(OrderRow row, String kind, String what, String remedy) {
        List<String> charges = row.charges.stream()
                .map(charge -> charge.chargeId.isEmpty() ? charge.key : charge.chargeId)
                .toList();
        return new BookReport.Line(
                row.orderId,
                row.stage(),
                row.since,
                kind,
                what,
                remedy,
                row.effectiveCurrency(),
                row.kept(),
                row.value(),
                charges);
    }
}
