package dev.orderflow.order.saga.model;

import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.Money;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.Output;
import dev.orderflow.order.saga.PaymentFact;
import dev.orderflow.order.saga.PlacedOrder;
import dev.orderflow.order.saga.Request;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.order.saga.SagaState;
import dev.orderflow.order.saga.StockFact;
import dev.orderflow.order.saga.TimerChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One order with the saga, its participants, the topics between them, a clock, and a history to read. */
final class World {

    static final String ORDER = "o-1";
    static final Money DUE = new Money(6_479, "USD");

    private static final Duration NEVER_FORGOTTEN = Duration.ofDays(3_650);

    static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    final List<String> history = new ArrayList<>();
    final List<Output> written = new ArrayList<>();
    final TreeSet<Instant> timers = new TreeSet<>();
    final SagaSettings settings;
    final ModelInventory inventory;
    final ModelPayment payment;

    SagaState state;
    OrderState shown;
    long sequence;

    private final boolean told;
    private final Tape tape;
    private final OrderSaga saga;
    private final Log<PlacedOrder> placed = new Log<>("order.placed");
    private final Log<Output> accepted = new Log<>("order.accepted");
    private final Log<Output> inventoryCommands = new Log<>("inventory.commands");
    private final Log<Output> paymentCommands = new Log<>("payment.commands");
    private final Log<SagaMessage> requests = new Log<>("order.requests");
    private final Log<StockFact> stockToSaga = new Log<>("inventory.events to the saga");
    private final Log<StockFact> stockToPayment = new Log<>("inventory.events to payment");
    private final Log<SagaMessage> payments = new Log<>("payment.events");
    private Instant now = START;
    private int asked;

    /** @param told whether to write the history down, which takes longer than all the rest */
    World(boolean isShort, boolean dispatchedAtOnce, boolean told) {
        this(isShort, dispatchedAtOnce, told, Tape.NONE);
    }

    /** @param tape records what the saga reads and decides */
    World(boolean isShort, boolean dispatchedAtOnce, boolean told, Tape tape) {
        this.told = told;
        this.tape = tape;
        SagaSettings usual = SagaSettings.DEFAULTS;
        settings = new SagaSettings(
                usual.reserveDeadline(),
                usual.paymentDeadline(),
                usual.pendingWindow(),
                dispatchedAtOnce ? Duration.ZERO : usual.dispatchDuration(),
                NEVER_FORGOTTEN,
                usual.undoRepeat(),
                usual.taxBasisPoints(),
                usual.currency(),
                usual.stockLocation());
        saga = new OrderSaga(settings);
        inventory = new ModelInventory(isShort, fact -> {
            tell("inventory says", fact);
            tape.written(fact, now);
            stockToSaga.append(fact);
            stockToPayment.append(fact);
        });
        payment = new ModelPayment(DUE, (attempt, fact) -> {
            tell("payment says", fact);
            SagaMessage message = new SagaMessage.OfPayment(attempt, key(attempt), fact, Tape.SOMEWHERE);
            tape.written(message, now);
            payments.append(message);
        });
    }

    void place(PlacedOrder order) {
        tell("a shop places", order.items().getFirst().quantity(), "widgets");
        tape.written(order, now);
        placed.append(order);
    }

    void ask(Request request) {
        tell("somebody asks to", request.verb());
        SagaMessage message = new SagaMessage.Asked(
                "r-" + asked++, "ops", request, shown == null ? null : tape.seen(shown), Tape.SOMEWHERE);
        tape.written(message, now);
        requests.append(message);
    }

    /** Delivers the next record of one topic; false when all is read. */
    boolean deliver(int topic) {
        return switch (Math.floorMod(topic, 8)) {
            case 0 -> placed.deliver(this::toSaga);
            case 1 -> accepted.deliver(this::toInventory);
            case 2 -> inventoryCommands.deliver(this::toInventory);
            case 3 -> paymentCommands.deliver(this::toPayment);
            case 4 -> requests.deliver(this::toSaga);
            case 5 -> stockToSaga.deliver(this::toSaga);
            case 6 -> stockToPayment.deliver(this::toPayment);
            default -> payments.deliver(this::toSaga);
        };
    }

    /** Delivers an earlier record of one topic again. */
    void deliverAgain(int topic, int which) {
        tell("once more:");
        switch (Math.floorMod(topic, 8)) {
            case 0 -> placed.deliverAgain(which, this::toSaga);
            case 1 -> accepted.deliverAgain(which, this::toInventory);
            case 2 -> inventoryCommands.deliverAgain(which, this::toInventory);
            case 3 -> paymentCommands.deliverAgain(which, this::toPayment);
            case 4 -> requests.deliverAgain(which, this::toSaga);
            case 5 -> stockToSaga.deliverAgain(which, this::toSaga);
            case 6 -> stockToPayment.deliverAgain(which, this::toPayment);
            default -> payments.deliverAgain(which, this::toSaga);
        }
    }

    void wait(Duration time) {
        now = now.plus(time);
        tell("time passes:", time);
    }

    /** Fires the timer that is due, if one is. */
    boolean fireDue() {
        if (timers.isEmpty() || timers.getFirst().isAfter(now)) {
            return false;
        }
        Instant due = timers.pollFirst();
        tell("a timer fires");
        decide(new SagaMessage.TimerFired(due));
        return true;
    }

    /** Lets time pass until the next timer is due, and fires it; false when none is set. */
    boolean waitForTimer() {
        if (timers.isEmpty()) {
            return false;
        }
        if (timers.getFirst().isAfter(now)) {
            wait(Duration.between(now, timers.getFirst()));
        }
        return fireDue();
    }

    long written(Class<? extends Output> kind) {
        return written.stream().filter(kind::isInstance).count();
    }

    void tell(Object... words) {
        if (told) {
            history.add(Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }

    private void toSaga(PlacedOrder order) {
        decide(new SagaMessage.Placed(order, tape.read(placed.topic(), order)));
    }

    private void toSaga(StockFact fact) {
        decide(new SagaMessage.OfStock("main", fact, tape.read("inventory.events", fact)));
    }

    private void toSaga(SagaMessage message) {
        switch (message) {
            case SagaMessage.OfPayment(int attempt, String key, PaymentFact fact, Evidence _) ->
                decide(new SagaMessage.OfPayment(attempt, key, fact, tape.read(payments.topic(), message)));
            case SagaMessage.Asked(String id, String by, Request request, OrderState seen, Evidence _) ->
                decide(new SagaMessage.Asked(id, by, request, seen, tape.read(requests.topic(), message)));
            case SagaMessage.Placed _, SagaMessage.OfStock _, SagaMessage.TimerFired _ ->
                throw new AssertionError(message);
        }
    }

    private void toInventory(Output output) {
        tell("inventory reads", output);
        switch (output) {
            case Output.Accepted _ -> inventory.reserve();
            case Output.ReleaseStock release -> inventory.release(release.unlessDone());
            case Output.CommitStock _ -> inventory.commit();
            case Output other -> throw new AssertionError(other);
        }
    }

    private void toPayment(Output output) {
        tell("payment reads", output);
        switch (output) {
            case Output.CancelPayment cancel -> payment.cancel(cancel.unlessDone());
            case Output.RefundPayment _ -> payment.refund();
            case Output.RetryPayment _ -> payment.retry();
            case Output other -> throw new AssertionError(other);
        }
    }

    private void toPayment(StockFact fact) {
        if (fact instanceof StockFact.Reserved) {
            tell("payment reads", fact);
            payment.stockReserved();
        }
    }

    private void decide(SagaMessage message) {
        Object before = state == null ? "-" : state.status();
        Decision decision = saga.decide(state, message, now);
        tape.decided(message, decision, now);
        List<Output> outputs = List.of();
        switch (decision) {
            case Decision.Changed changed -> {
                outputs = changed.outputs();
                SagaRules.checkOutputs(changed, sequence);
                changed.timers().forEach(this::change);
                state = changed.next();
                shown = changed.order();
                sequence += outputs.size();
                SagaRules.checkTimers(this);
            }
            case Decision.Corrected corrected -> {
                outputs = List.of(corrected.command());
                state = corrected.next();
                sequence++;
            }
            case Decision.Rejected rejected -> throw new AssertionError("rejected " + rejected);
            case Decision.Unchanged _, Decision.Unusable _ -> {}
        }
        tell("the saga reads", words(message), ":", before, "->", state == null ? "-" : state.status(), outputs);
        outputs.forEach(this::write);
    }

    private void write(Output output) {
        written.add(output);
        switch (output) {
            case Output.Accepted _ -> accepted.append(output);
            case Output.ReleaseStock _, Output.CommitStock _ -> inventoryCommands.append(output);
            case Output.CancelPayment _, Output.RefundPayment _, Output.RetryPayment _ ->
                paymentCommands.append(output);
            case Output.Cancelled _ -> SagaRules.checkCancelled(this);
            case Output.Confirmed _, Output.Completed _, Output.Refunded _, Output.View _ -> {}
        }
    }

    private void change(TimerChange change) {
        switch (change) {
            case TimerChange.Set(Instant due) -> SagaRules.require(timers.add(due), "a timer is set twice");
            case TimerChange.Cancel(Instant due) ->
                SagaRules.require(timers.remove(due), "a timer is taken back that is not set");
        }
    }

    private static Object words(SagaMessage message) {
        return switch (message) {
            case SagaMessage.Placed placed -> placed.order().items();
            case SagaMessage.OfStock stock -> stock.fact();
            case SagaMessage.OfPayment payment -> payment.fact();
            case SagaMessage.Asked asked -> asked.request();
            case SagaMessage.TimerFired _ -> "its timer";
        };
    }

    private static String key(int attempt) {
        return attempt == 1 ? ORDER + ":charge" : ORDER + ":charge:" + attempt;
    }
}
