package dev.orderflow.bench.micro;

import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderOutcome;
import dev.orderflow.events.OrderStatus;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.events.Totals;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.Money;
import dev.orderflow.order.saga.PaymentFact;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.saga.StockFact;
import java.time.Instant;
import java.util.List;

/** What the benchmarks work on: one order of two lines, 64.79 USD. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00.250Z");
    static final String ORDER = "web-1000001";

    private static final Evidence EVIDENCE = new Evidence("order.placed", 1, 1_234_567);
    private static final long TOTAL = 6_479;
    private static final String CURRENCY = "USD";

    private Samples() {}

    static PlacedOrder order() {
        return new PlacedOrder(
                ORDER,
                "u4242",
                "pm_u4242",
                "en-GB",
                CURRENCY,
                "berlin",
                List.of(
                        new PlacedOrder.Item("espresso-beans-classic", 2, 2_500),
                        new PlacedOrder.Item("mug-blue", 1, 999)),
                NOW);
    }

    static SagaMessage placed() {
        return new SagaMessage.Placed(order(), EVIDENCE);
    }

    static SagaMessage reserved() {
        return new SagaMessage.OfStock("berlin", new StockFact.Reserved(), EVIDENCE);
    }

    static SagaMessage charged() {
        return new SagaMessage.OfPayment(
                1, ORDER + ":charge", new PaymentFact.Charged("ch_1", new Money(TOTAL, CURRENCY)), EVIDENCE);
    }

    /** The largest record of an order: all of it, with four entries in its timeline. */
    static OrderView view() {
        return new OrderView(
                ORDER,
                7L,
                "00112233445566778899aabbccddeeff",
                OrderStatus.CONFIRMED,
                OrderOutcome.CONFIRMED,
                null,
                null,
                List.of(),
                List.of(),
                new Customer("u4242", "pm_u4242", "en-GB"),
                "berlin",
                List.of(
                        new PricedLine("espresso-beans-classic", 2, 2_500L, 5_000L),
                        new PricedLine("mug-blue", 1, 999L, 999L)),
                new Totals(CURRENCY, 2, 5_999L, 800, 480L, TOTAL),
                "ch_1",
                null,
                null,
                NOW,
                NOW,
                NOW,
                NOW.plusSeconds(10),
                null,
                List.of(
                        entry(1, "order-accepted", "order.placed"),
                        entry(3, "stock-reserved", "inventory.events"),
                        entry(5, "payment-charged", "payment.events"),
                        entry(6, "order-confirmed", "payment.events")));
    }

    private static TimelineEntry entry(long sequence, String step, String topic) {
        return new TimelineEntry(sequence, step, NOW, 1, ORDER + ":charge", null, topic, 1, 1_234_567L, null);
    }
}
