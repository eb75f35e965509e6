package dev.orderflow.payment.book;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the money is, at one moment.
 *
 * @param currencies by ISO 4217 code
 * @param inFlightSince when the oldest of the orders in flight began; null when none is
 * @param inFlight orders of which one side has still to come: those that are late before the others, each the oldest first;
 *     the first of them only
 * @param late how many of those in flight are older than they should be
 * @param differing orders whose sides will not come to agree by themselves, the oldest first; the first of them only
 * @param unjudged charges that are older than the oldest order which the topics still have, and orders of which these have
 *     lost the beginning
 */
public record BookReport(
        Map<String, Currency> currencies,
        @Nullable Instant inFlightSince,
        List<Line> inFlight,
        long late,
        List<Line> differing,
        Totals unjudged) {

    public BookReport {
        currencies = Map.copyOf(currencies);
        inFlight = List.copyOf(inFlight);
        differing = List.copyOf(differing);
    }

    /** One currency: orders that are settled, in flight and differing apart. */
    public record Currency(Totals settled, Totals inFlight, Totals differing) {

        static final Currency NONE = new Currency(Totals.NONE, Totals.NONE, Totals.NONE);

        /** All of them together. */
        public Totals all() {
            return settled.plus(inFlight).plus(differing);
        }
    }

    /**
     * One order.
     *
     * @param what what is the matter, for people
     * @param remedy what to do about it
     * @param kept what the provider has captured and not paid back, in minor units
     * @param value what the order is worth, in minor units
     * @param charges the provider's ids of its charges
     */
    public record Line(
            String orderId,
            Stage stage,
            Instant since,
            String kind,
            String what,
            String remedy,
            String currency,
            long kept,
            long value,
            List<String> charges) {

        public Line {
            charges = List.copyOf(charges);
        }
    }
}
