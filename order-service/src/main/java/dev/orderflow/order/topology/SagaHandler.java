package dev.orderflow.order.topology;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.timer.Timer;
import dev.orderflow.events.InventoryEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderRequest;
import dev.orderflow.events.OrderSagaState;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PaymentEvent;
import dev.orderflow.order.saga.ClosedOrder;
import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.OrderId;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.Output;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.saga.Shortened;
import dev.orderflow.order.saga.TimerChange;
import dev.orderflow.order.topology.OutboundAvro.Outbound;
import dev.orderflow.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the saga decides for the orders of one partition. */
public final class SagaHandler implements TaskHandler {

    static final String STORE = "order-saga";

    private static final Logger LOG = LoggerFactory.getLogger(SagaHandler.class);

    /** No step of an order waits for these; what a customer waits for comes with one of the others. */
    private static final Set<String> UNHURRIED =
            Set.of(Topics.ORDER_VIEW.name(), Topics.ORDER_COMPLETED.name(), Topics.INVENTORY_COMMANDS.name());

    private static final String DEADLINE = "deadline";
    private static final String SWEEP = "sweep";
    private static final Duration BETWEEN_SLICES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final Task task;
    private final OrderSaga saga;
    private final ViewAudience audience;
    private final KeyValueStore<String, OrderSagaState> store;
    private final ClosedOrderSweep sweep;
    private final PassingViews passing = new PassingViews();
    private boolean sweepSet;

    SagaHandler(Task task, SagaSettings settings, ViewAudience audience) {
        this.task = task;
        this.audience = audience;
        this.saga = new OrderSaga(settings);
        this.store = task.store(STORE, OrderSagaState.class);
        this.sweep = new ClosedOrderSweep(saga, store);
    }

    void placed(Message<OrderPlaced> message) {
        Optional<Decision> tooOld = saga.tooOld(message.value().getPlacedAt(), message.timestamp(), task.now());
        if (tooOld.isPresent()) {
            carryOut(message.key(), tooOld.get());
            return;
        }
        decide(message.key(), InboundAvro.placed(message));
    }

    void stock(Message<InventoryEvent> message) {
        decide(message.key(), InboundAvro.stock(message));
    }

    void payment(Message<PaymentEvent> message) {
        decide(message.key(), InboundAvro.payment(message));
    }

    void asked(Message<OrderRequest> message) {
        decide(message.key(), InboundAvro.asked(message));
    }

    @Override
    public @Nullable Instant onBatchEnd() {
        return passing.publish(
                task.now(), (view, sequence) -> emit(OutboundAvro.shown(view), view.getOrderId(), sequence));
    }

    @Override
    public void onTimer(Timer timer) {
        if (timer.kind().equals(SWEEP)) {
            sweep();
        } else {
            decide(timer.id(), new SagaMessage.TimerFired(timer.due()));
        }
    }

    private void decide(String orderId, SagaMessage message) {
        OrderSagaState stored = store.get(orderId);
        carryOut(orderId, saga.decide(stored == null ? null : StateAvro.state(orderId, stored), message, task.now()));
    }

    private void carryOut(String orderId, Decision decision) {
        switch (decision) {
            case Decision.Changed changed -> changed(changed);
            case Decision.Rejected rejected -> rejected(rejected);
            case Decision.Corrected corrected -> corrected(corrected);
            case Decision.Unchanged _ -> {}
            case Decision.Unusable(String reason) -> throw new PoisonException(deadLetterReason(orderId, reason));
        }
    }

    /** What a dead letter of the saga says. */
    static String deadLetterReason(String orderId, String reason) {
        return "order " + Shortened.to(OrderId.MAX_LENGTH, orderId) + ": " + reason;
    }

    private void changed(Decision.Changed changed) {
        OrderState order = changed.order();
        OrderView view = ViewAvro.view(order);
        long sequence = changed.firstSequence();
        for (Output output : changed.outputs()) {
            write(output, order, view, sequence++);
        }
        switch (changed.next()) {
            case OrderState open -> store.put(order.orderId(), StateAvro.stored(open, view));
            case ClosedOrder closed -> remember(closed);
        }
        for (TimerChange change : changed.timers()) {
            switch (change) {
                case TimerChange.Set(Instant due) -> task.timers().schedule(order.orderId(), DEADLINE, due);
                case TimerChange.Cancel(Instant due) -> task.timers().cancel(order.orderId(), DEADLINE, due);
            }
        }
    }

    private void write(Output output, OrderState order, OrderView view, long sequence) {
        if (output instanceof Output.View) {
            if (PassingViews.isPassing(view)) {
                passing.hold(view, sequence, task.now());
                return;
            }
            passing.forget(order.orderId());
        }
        emit(OutboundAvro.of(output, order, view), order.orderId(), sequence);
    }

    private void rejected(Decision.Rejected rejected) {
        String orderId = rejected.next().orderId();
        long view = rejected.order().sequence();
        emit(OutboundAvro.rejected(rejected.order()), orderId, view - 1);
        emit(OutboundAvro.shown(rejected.order()), orderId, view);
        remember(rejected.next());
    }

    private void corrected(Decision.Corrected corrected) {
        ClosedOrder next = corrected.next();
        LOG.warn("Order {} is {}: {}", next.orderId(), next.status(), corrected.detail());
        emit(
                OutboundAvro.command(corrected.command(), next.orderId(), next.acceptedAt(), task.now()),
                next.orderId(),
                next.sequence());
        remember(next);
    }

    private void remember(ClosedOrder closed) {
        store.put(closed.orderId(), StateAvro.stored(closed));
        if (!sweepSet) {
            scheduleSweep();
        }
    }

    private void emit(Outbound record, String orderId, long sequence) {
        String eventId = orderId + "/" + sequence;
        if (UNHURRIED.contains(record.topic())) {
            task.emitUnhurried(record.topic(), record.key(), record.value(), eventId, record.type());
        } else {
            task.emit(record.topic(), record.key(), record.value(), eventId, record.type());
        }
        if (record.value() instanceof OrderView view && audience.awaits(view)) {
            task.afterCommit(() -> audience.committed(view));
        }
    }

    private void sweep() {
        if (sweep.next(task.now())) {
            scheduleSweep();
        } else {
            task.timers().schedule(SWEEP, SWEEP, task.now().plus(BETWEEN_SLICES));
        }
    }

    /** At full hours, so that it is one timer however often the service is started. */
    private void scheduleSweep() {
        long hour = BETWEEN_SWEEPS.toMillis();
        long next = (task.now().toEpochMilli() / hour + 1) * hour;
        task.timers().schedule(SWEEP, SWEEP, Instant.ofEpochMilli(next));
        sweepSet = true;
    }
}
