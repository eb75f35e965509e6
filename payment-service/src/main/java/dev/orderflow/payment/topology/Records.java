package dev.orderflow.payment.topology;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.events.Customer;
import dev.orderflow.events.Money;
import dev.orderflow.events.PaymentCapture;
import dev.orderflow.events.PaymentStage;
import dev.orderflow.events.PaymentState;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.events.StockReserved;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.AttemptKey;
import dev.orderflow.payment.payment.Bill;
import dev.orderflow.payment.payment.Capture;
import dev.orderflow.payment.payment.Payment;
import dev.orderflow.payment.payment.PaymentMessage;
import dev.orderflow.payment.payment.PaymentMessage.Notice;
import dev.orderflow.payment.payment.PaymentStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Avro at the edge: records of topics and of the store, to and from the values that decisions are made of. */
final class Records {

    private Records() {}

    static Bill bill(String orderId, StockReserved reserved) {
        String userId = reserved.getCustomer().getUserId();
        String paymentMethodId = reserved.getCustomer().getPaymentMethodId();
        if (userId == null || paymentMethodId == null) {
            throw new PoisonException("The reservation of order " + orderId + " does not say whom to charge");
        }
        if (reserved.getTotal().getAmount() < 0) {
            throw new PoisonException("The total of order " + orderId + " is negative");
        }
        return new Bill(userId, paymentMethodId, amount(reserved.getTotal()));
    }

    /** Which payment and attempt a notification is about. */
    static AttemptKey.Named named(PaymentWebhook webhook) {
        return AttemptKey.read(webhook.getOrderId(), webhook.getIdempotencyKey())
                .orElseThrow(() -> new PoisonException("Notification " + webhook.getEventId() + " of "
                        + webhook.getProvider() + " names no attempt of order " + webhook.getOrderId() + ": "
                        + webhook.getIdempotencyKey()));
    }

    static PaymentMessage.Notified notified(PaymentWebhook webhook) {
        int attempt = named(webhook).attempt();
        Notice notice =
                switch (webhook.getStatus()) {
                    case SUCCEEDED -> Notice.SUCCEEDED;
                    case FAILED, CANCELED -> Notice.FAILED;
                    case REFUNDED -> Notice.REFUNDED;
                    case UNKNOWN -> Notice.OTHER;
                };
        return new PaymentMessage.Notified(attempt, notice, webhook.getChargeId());
    }

    static Money money(Amount amount) {
        return new Money(amount.minor(), amount.currency());
    }

    static PaymentState write(Payment payment) {
        Bill bill = payment.bill();
        Capture capture = payment.capture();
        return PaymentState.newBuilder()
                .setStatus(PaymentStage.valueOf(payment.status().name()))
                .setAttempt(payment.attempt())
                .setOpened(payment.opened())
                .setHeld(payment.held())
                .setSeen(payment.seen())
                .setCustomer(bill == null ? null : new Customer(bill.userId(), bill.paymentMethodId(), null))
                .setAmount(bill == null ? null : money(bill.amount()))
                .setCapture(capture == null ? null : write(capture))
                .setRefundId(payment.refundId())
                .setRefunds(payment.refunds().stream().map(Records::write).toList())
                .setInDoubt(payment.inDoubt())
                .setLooks(payment.looks())
                .setLookAt(payment.lookAt())
                .setClosesAt(payment.closesAt())
                .setSaid(payment.said())
                .build();
    }

    static @Nullable Payment read(String paymentId, @Nullable PaymentState state) {
        if (state == null) {
            return null;
        }
        Customer customer = state.getCustomer();
        Money amount = state.getAmount();
        List<Capture> refunds = state.getRefunds().stream().map(Records::read).toList();
        return new Payment(
                paymentId,
                PaymentStatus.valueOf(state.getStatus().name()),
                state.getAttempt(),
                state.getOpened(),
                state.getHeld(),
                state.getSeen(),
                customer == null || amount == null
                        ? null
                        : new Bill(customer.getUserId(), customer.getPaymentMethodId(), amount(amount)),
                state.getCapture() == null ? null : read(state.getCapture()),
                state.getRefundId(),
                refunds,
                state.getInDoubt(),
                state.getLooks(),
                state.getLookAt(),
                state.getClosesAt(),
                state.getSaid());
    }

    private static PaymentCapture write(Capture capture) {
        return new PaymentCapture(capture.attempt(), capture.chargeId(), money(capture.amount()));
    }

    private static Capture read(PaymentCapture capture) {
        return new Capture(capture.getAttempt(), capture.getChargeId(), amount(capture.getAmount()));
    }

    private static Amount amount(Money money) {
        return new Amount(money.getAmount(), money.getCurrency());
    }
}
