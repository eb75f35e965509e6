package dev.orderflow.order.saga;

import java.time.Instant;
import java.util.List;

/** What may happen to order {@code o-1} of 6,479 USD in minor units. */
final class Messages {

    static final Evidence EVIDENCE = new Evidence("a.topic", 1, 42);
    static final Money DUE = new Money(6_479, "USD");

    private Messages() {}

    static SagaMessage placed() {
        return new SagaMessage.Placed(Orders.placed("o-1"), EVIDENCE);
    }

    static SagaMessage placedDifferently() {
        return new SagaMessage.Placed(Orders.placed("o-1", 3), EVIDENCE);
    }

    static SagaMessage placedInvalid() {
        return new SagaMessage.Placed(Orders.invalid("o-1"), EVIDENCE);
    }

    static SagaMessage reserved() {
        return stock(new StockFact.Reserved());
    }

    static SagaMessage stockRejected() {
        return stock(new StockFact.Rejected(List.of(new Shortage("widget", 2, 1))));
    }

    static SagaMessage released() {
        return stock(new StockFact.Released(true));
    }

    static SagaMessage releasedNothing() {
        return stock(new StockFact.Released(false));
    }

    static SagaMessage committed() {
        return stock(new StockFact.Committed());
    }

    static SagaMessage charged() {
        return charged("ch-1");
    }

    static SagaMessage charged(String chargeId) {
        return payment(new PaymentFact.Charged(chargeId, DUE));
    }

    static SagaMessage chargedTooMuch() {
        return payment(new PaymentFact.Charged("ch-1", new Money(7_000, "USD")));
    }

    static SagaMessage declined() {
        return payment(new PaymentFact.Declined("card refused"));
    }

    static SagaMessage pending() {
        return payment(new PaymentFact.Pending("https://pay.example/1", null));
    }

    static SagaMessage held() {
        return payment(new PaymentFact.Held("paused by ops"));
    }

    static SagaMessage attemptFailed() {
        return attemptFailed(1);
    }

    static SagaMessage attemptFailed(int tries) {
        return payment(new PaymentFact.AttemptFailed(tries, "timed out", Instant.EPOCH));
    }

    static SagaMessage cancelling() {
        return payment(new PaymentFact.Cancelling());
    }

    static SagaMessage voided() {
        return payment(new PaymentFact.Voided());
    }

    static SagaMessage refunded() {
        return payment(new PaymentFact.Refunded("ch-1", "re-1"));
    }

    static SagaMessage cancel() {
        return asked("r-cancel", new Request.Cancel(null));
    }

    static SagaMessage retry() {
        return asked("r-retry", new Request.Retry());
    }

    static SagaMessage dispatch() {
        return asked("r-dispatch", new Request.Dispatch());
    }

    static SagaMessage asked(String requestId, Request request) {
        return new SagaMessage.Asked(requestId, "ops", request, null, EVIDENCE);
    }

    static SagaMessage refund(OrderState seen) {
        return new SagaMessage.Asked("r-refund", "ops", new Request.Refund("broken"), seen, EVIDENCE);
    }

    private static SagaMessage stock(StockFact fact) {
        return new SagaMessage.OfStock("main", fact, EVIDENCE);
    }

    private static SagaMessage payment(PaymentFact fact) {
        return new SagaMessage.OfPayment(1, "o-1:charge", fact, EVIDENCE);
    }
}
