package dev.orderflow.payment.topology;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.EffectOutcome;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.timer.Timer;
import dev.orderflow.events.CancelPayment;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.PaymentCommand;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.events.PaymentState;
import dev.orderflow.events.PaymentWebhook;
import dev.orderflow.events.RefundPayment;
import dev.orderflow.events.RetryPayment;
import dev.orderflow.events.StockReserved;
import dev.orderflow.payment.payment.Decision;
import dev.orderflow.payment.payment.Decision.CallChange;
import dev.orderflow.payment.payment.Decision.Said;
import dev.orderflow.payment.payment.Decision.TimerChange;
import dev.orderflow.payment.payment.Payment;
import dev.orderflow.payment.payment.PaymentId;
import dev.orderflow.payment.payment.PaymentMessage;
import dev.orderflow.payment.payment.PaymentMessage.TryFailed;
import dev.orderflow.payment.payment.Payments;
import dev.orderflow.payment.payment.ProviderCall;
import dev.orderflow.payment.payment.Wake;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payment for the orders of one partition: turns what comes into decisions, and carries them out. */
final class PaymentTask implements TaskHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentTask.class);

    private final Task task;
    private final Payments payments;
    private final RetryPolicy policy;
    private final KeyValueStore<String, PaymentState> store;

    PaymentTask(Task task, Payments payments, RetryPolicy policy) {
        this.task = task;
        this.payments = payments;
        this.policy = policy;
        this.store = task.store(PaymentTopology.STORE, PaymentState.class);
    }

    void onInventory(Message<InventoryEvent> message) {
        if (message.value().getFact() instanceof StockReserved reserved) {
            String orderId = message.value().getOrderId();
            decide(
                    paymentId(orderId, reserved.getAcceptedAt()),
                    new PaymentMessage.StockReserved(Records.bill(orderId, reserved)));
        }
    }

    void onCommand(Message<PaymentCommand> message) {
        PaymentMessage command =
                switch (message.value().getCommand()) {
                    case CancelPayment cancel -> new PaymentMessage.CancelPayment(cancel.getUnlessDone());
                    case RefundPayment _ -> new PaymentMessage.RefundPayment();
                    case RetryPayment _ -> new PaymentMessage.RetryPayment();
                    case Object unknown ->
                        throw new PoisonException(
                                "No command of payment: " + unknown.getClass().getSimpleName());
                };
        decide(paymentId(message.value().getOrderId(), message.value().getAcceptedAt()), command);
    }

    /**
     * The payment of an order; one that an older version has begun goes by the id of its order alone. A message of an older
     * version does not tell when the order was accepted: it is about the newest payment of that id.
     */
    private String paymentId(String orderId, @Nullable Instant acceptedAt) {
        if (acceptedAt == null) {
            return store.get(orderId) != null ? orderId : newest(orderId);
        }
        String paymentId = PaymentId.of(orderId, acceptedAt);
        return store.get(orderId) != null && store.get(paymentId) == null ? orderId : paymentId;
    }

    private String newest(String orderId) {
        String found = orderId;
        try (KeyValueIterator<String, PaymentState> all =
                store.range(PaymentId.firstOf(orderId), PaymentId.lastOf(orderId))) {
            while (all.hasNext()) {
                found = all.next().key;
            }
        }
        return found;
    }

    void onWebhook(Message<PaymentWebhook> message) {
        PaymentWebhook webhook = message.value();
        PaymentMessage.Notified notified = Records.notified(webhook);
        String paymentId = Records.named(webhook).paymentId();
        if (store.get(paymentId) == null) {
            throw new PoisonException("Notification " + webhook.getEventId() + " of " + webhook.getProvider()
                    + " is about order " + webhook.getOrderId() + ", of whose payment nothing is known: see at the"
                    + " provider what became of " + webhook.getIdempotencyKey());
        }
        decide(paymentId, notified);
    }

    @Override
    public void onTimer(Timer timer) {
        decide(timer.id(), new PaymentMessage.Woken(Wake.valueOf(timer.kind()), timer.due()));
    }

    @Override
    public void onEffect(Effect effect, EffectOutcome outcome) {
        ProviderCall call = CallJson.read(effect.payload());
        int tries = effect.tries() + 1;
        switch (outcome) {
            case EffectOutcome.Succeeded(Object result) -> decide(call.paymentId(), (PaymentMessage) result);
            case EffectOutcome.Refused(String reason) -> failed(call, tries, reason, null);
            case EffectOutcome.Exhausted(String reason) -> failed(call, tries, reason, null);
            case EffectOutcome.WillRetry(String reason, Instant retryAt) -> failed(call, tries, reason, retryAt);
        }
    }

    @Override
    public void onHeld(Effect effect, String reason) {
        ProviderCall call = CallJson.read(effect.payload());
        decide(call.paymentId(), new PaymentMessage.Held(call, reason));
    }

    private void failed(ProviderCall call, int tries, String reason, @Nullable Instant retryAt) {
        if (retryAt == null) {
            LOG.warn("The provider refuses {}: {}", call.key(), reason);
        } else {
            LOG.debug("Try {} of {} failed, the next is at {}: {}", tries, call.key(), retryAt, reason);
        }
        decide(call.paymentId(), new TryFailed(call, tries, reason, retryAt));
    }

    private void decide(String paymentId, PaymentMessage message) {
        Instant now = task.now();
        Payment before = Records.read(paymentId, store.get(paymentId));
        Decision decision = payments.decide(paymentId, before, message, now);
        Payment next = decision.next();
        if (next == null) {
            if (before != null) {
                store.delete(paymentId);
            }
        } else if (!next.equals(before)) {
            store.put(paymentId, Records.write(next));
        }
        for (Said said : decision.facts()) {
            PaymentEvent event = Facts.event(paymentId, said, now);
            task.emit(
                    Topics.PAYMENT_EVENTS.name(),
                    event.getOrderId(),
                    event,
                    Facts.id(event.getOrderId(), said),
                    event.getFact().getClass().getSimpleName());
        }
        decision.calls().forEach(this::carryOut);
        decision.timers().forEach(change -> carryOut(paymentId, change));
    }

    private void carryOut(CallChange change) {
        switch (change) {
            case CallChange.Start(ProviderCall call) -> {
                if (call.mayPrecedeCommit()) {
                    task.effects().start(call.key(), call.key(), CallJson.write(call), policy);
                } else {
                    task.effects().startWhenCommitted(call.key(), call.key(), CallJson.write(call), policy);
                }
            }
            case CallChange.Stop(String key) -> task.effects().cancel(key);
            case CallChange.RetryNow(String key) -> task.effects().retryNow(key);
        }
    }

    private void carryOut(String paymentId, TimerChange change) {
        switch (change) {
            case TimerChange.Set(Wake wake, Instant due) -> task.timers().schedule(paymentId, wake.name(), due);
            case TimerChange.Unset(Wake wake, Instant due) -> task.timers().cancel(paymentId, wake.name(), due);
        }
    }
}
