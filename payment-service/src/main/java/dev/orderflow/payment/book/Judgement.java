package dev.orderflow.payment.book;

import java.util.Optional;

/** Compares the two sides of a row, as if nothing more were to come. */
final class Judgement {

    private Judgement() {}

    /** What is wrong with a row; empty when both sides agree or an order in flight may still come to agree. */
    static Optional<Fault> of(OrderRow row) {
        if (row.confirmations > 1) {
            return Optional.of(Fault.CONFIRMED_TWICE);
        }
        if (row.charges.stream().filter(ChargeLine::stands).count() > 1) {
            return Optional.of(Fault.CHARGED_TWICE);
        }
        return switch (row.stage()) {
            // Its saga is at work, and pays back or cancels what does not fit.
            case ACCEPTED -> Optional.empty();
            case UNKNOWN, CONFIRMED, COMPLETED, CANCELLED, REFUNDED -> compared(row);
        };
    }

    private static Optional<Fault> compared(OrderRow row) {
        long kept = row.kept();
        long value = row.value();
        if (kept > value) {
            return Optional.of(excess(row));
        }
        if (kept < value) {
            return row.undoing ? Optional.empty() : Optional.of(lost(row));
        }
        if (value > 0 && !row.isOfOneCurrency()) {
            return Optional.of(Fault.WRONG_AMOUNT);
        }
        if (value > 0 && row.charges.stream().noneMatch(line -> line.stands() && line.chargeId.equals(row.chargeId))) {
            return Optional.of(Fault.OTHER_CHARGE);
        }
        return Optional.empty();
    }

    private static Fault excess(OrderRow row) {
        return switch (row.stage()) {
            case UNKNOWN -> Fault.CHARGE_WITHOUT_ORDER;
            case CANCELLED, REFUNDED -> Fault.ENDED_BUT_CHARGED;
            case ACCEPTED, CONFIRMED, COMPLETED -> Fault.WRONG_AMOUNT;
        };
    }

    private static Fault lost(OrderRow row) {
        if (row.charges.stream().anyMatch(line -> line.refunded() != 0)) {
            return Fault.REFUNDED_BUT_STANDS;
        }
        return row.kept() == 0 ? Fault.NOT_CHARGED : Fault.WRONG_AMOUNT;
    }
}
