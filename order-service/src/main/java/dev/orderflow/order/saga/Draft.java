package dev.orderflow.order.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An order while one message is applied to it: what changes, what is written, and the decision in the end. */
final class Draft {

    /** What may come any number of times is left out of a timeline of this length, so that the view stays small. */
    static final int LONG_TIMELINE = 200;

    static final Decision UNCHANGED = new Decision.Unchanged();

    private static final Output VIEW = new Output.View();

    final PricedOrder order;
    final SagaSettings settings;
    final Instant now;

    Status status;

    @Nullable
    Outcome outcome;

    StockStep stock;
    PaymentStep payment;

    @Nullable
    Ending ending;

    @Nullable
    String chargeId;

    @Nullable
    String refundId;

    @Nullable
    String refundReason;

    @Nullable
    String paymentUrl;

    @Nullable
    Instant confirmedAt;

    @Nullable
    Instant dispatchDueAt;

    @Nullable
    Instant completedAt;

    @Nullable
    Instant deadline;

    @Nullable
    Instant timer;

    int repeats;

    private final Instant createdAt;
    private final Instant updatedBefore;
    private final long sequenceBefore;
    private final @Nullable Instant timerBefore;
    private final List<TimelineEntry> timeline;
    private final List<Output> outputs = new ArrayList<>(4);
    private boolean changed;

    /** An order that is in flight, or is picked up again. */
    Draft(OrderState was, SagaSettings settings, Instant now) {
        this.order = was.order();
        this.settings = settings;
        this.now = now;
        this.status = was.status();
        this.outcome = was.outcome();
        this.stock = was.stock();
        this.payment = was.payment();
        this.ending = was.ending();
        this.chargeId = was.chargeId();
        this.refundId = was.refundId();
        this.refundReason = was.refundReason();
        this.paymentUrl = was.paymentUrl();
        this.confirmedAt = was.confirmedAt();
        this.dispatchDueAt = was.dispatchDueAt();
        this.completedAt = was.completedAt();
        this.deadline = was.deadline();
        this.timer = was.timer();
        this.repeats = was.repeats();
        this.createdAt = was.createdAt();
        this.updatedBefore = was.updatedAt();
        this.sequenceBefore = was.sequence();
        this.timerBefore = was.timer();
        this.timeline = new ArrayList<>(was.timeline().size() + 3);
        this.timeline.addAll(was.timeline());
    }

    /**
     * An order that begins.
     *
     * @param sequenceBefore of what was written before under this id, 0 for nothing
     */
    Draft(PricedOrder order, long sequenceBefore, SagaSettings settings, Instant now) {
        this.order = order;
        this.settings = settings;
        this.now = now;
        this.status = Status.RESERVING;
        this.stock = StockStep.REQUESTED;
        this.payment = PaymentStep.REQUESTED;
        this.createdAt = now;
        this.updatedBefore = now;
        this.sequenceBefore = sequenceBefore;
        this.timerBefore = null;
        this.timeline = new ArrayList<>(3);
    }

    /** An entry for what the saga concludes. */
    void note(Step step, @Nullable String detail) {
        note(step, detail, null);
    }

    /** An entry for a message. */
    void note(Step step, @Nullable String detail, @Nullable Evidence evidence) {
        note(step, 1, null, detail, evidence);
    }

    void note(
            Step step,
            int attempt,
            @Nullable String idempotencyKey,
            @Nullable String detail,
            @Nullable Evidence evidence) {
        changed = true;
        int count = attempt;
        if (step.repeats() && !timeline.isEmpty()) {
            TimelineEntry last = timeline.getLast();
            if (last.step() == step) {
                count = Math.max(attempt, last.attempt() + 1);
                timeline.removeLast();
            } else if (timeline.size() >= LONG_TIMELINE) {
                return;
            }
        }
        timeline.add(new TimelineEntry(
                sequenceBefore + 1, step, now, count, idempotencyKey, Shortened.detail(detail), evidence));
    }

    void send(Output output) {
        changed = true;
        outputs.add(output);
    }

    /** Whether the timeline has such an entry. */
    boolean noted(Step step) {
        for (TimelineEntry entry : timeline) {
            if (entry.step() == step) {
                return true;
            }
        }
        return false;
    }

    /** Whether the timeline has such an entry with this key. */
    boolean noted(Step step, String idempotencyKey) {
        for (TimelineEntry entry : timeline) {
            if (entry.step() == step && idempotencyKey.equals(entry.idempotencyKey())) {
                return true;
            }
        }
        return false;
    }

    /** Whether any entry has this key. */
    boolean notedKey(String idempotencyKey) {
        for (TimelineEntry entry : timeline) {
            if (idempotencyKey.equals(entry.idempotencyKey())) {
                return true;
            }
        }
        return false;
    }

    /** What the message led to. */
    Decision decision() {
        if (!changed && Objects.equals(timer, timerBefore)) {
            return UNCHANGED;
        }
        if (changed) {
            outputs.add(VIEW);
        }
        List<TimerChange> timers = settleTimer();
        OrderState after = new OrderState(
                order,
                sequenceBefore + outputs.size(),
                status,
                outcome,
                stock,
                payment,
                ending,
                chargeId,
                refundId,
                refundReason,
                paymentUrl,
                createdAt,
                changed ? now : updatedBefore,
                confirmedAt,
                dispatchDueAt,
                completedAt,
                status.closed() ? null : deadline,
                timer,
                repeats,
                timeline);
        SagaState next = status.closed()
                ? new ClosedOrder(
                        order.orderId(),
                        after.sequence(),
                        status,
                        order.contentHash(),
                        chargeId,
                        after.updatedAt(),
                        createdAt)
                : after;
        return new Decision.Changed(after, next, outputs, sequenceBefore + 1, timers);
    }

    private List<TimerChange> settleTimer() {
        Instant wanted = status.closed() ? null : deadline;
        // A charge ends in milliseconds as a rule: the timer of the reservation is left to fire early, and is set again
        // only then.
        boolean earlyEnough = status == Status.CHARGING && timer != null && wanted != null && !timer.isAfter(wanted);
        if (earlyEnough || Objects.equals(timer, wanted)) {
            return List.of();
        }
        List<TimerChange> changes = new ArrayList<>(2);
        if (timer != null) {
            changes.add(new TimerChange.Cancel(timer));
        }
        if (wanted != null) {
            changes.add(new TimerChange.Set(wanted));
        }
        timer = wanted;
        return changes;
    }
}
