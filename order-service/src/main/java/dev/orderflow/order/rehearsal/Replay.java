package dev.orderflow.order.rehearsal;

import dev.orderflow.order.rehearsal.Input.Content;
import dev.orderflow.order.saga.ClosedOrder;
import dev.orderflow.order.saga.Decision;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.Money;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.OrderState;
import dev.orderflow.order.saga.PaymentFact;
import dev.orderflow.order.saga.SagaMessage;
import dev.orderflow.order.saga.SagaMessage.Asked;
import dev.orderflow.order.saga.SagaMessage.OfPayment;
import dev.orderflow.order.saga.SagaMessage.OfStock;
import dev.orderflow.order.saga.Status;
import dev.orderflow.order.saga.Totals;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes one order through this build's saga once more: its records in the order in which the running saga handled them, at
 * the times at which it did, and its timers when they are due.
 */
final class Replay {

    /** More timers than any order has: a saga that sets one after the other for ever must not hold up the rehearsal. */
    private static final int MOST_FIRINGS = 1_000;

    private final Recording recording;
    private final Rendering rendering;
    private final Score score;
    private final Way way;
    private final Map<String, Deque<Floating>> floating = new TreeMap<>();
    private final Map<String, List<Floating>> idle = new TreeMap<>();
    private final Map<String, TreeSet<Long>> awaited = new TreeMap<>();
    private final Set<String> recordedTypes;
    private int messages;
    private int firings;

    Replay(Recording recording, Score score, OrderSaga saga, Rendering rendering) {
        this.recording = recording;
        this.rendering = rendering;
        this.score = score;
        this.way = new Way(saga, rendering, recording.orderId());
        this.recordedTypes = recording.sent().stream().map(Sent::type).collect(Collectors.toSet());
        for (Anchor anchor : score.anchors()) {
            if (anchor instanceof Anchor.Handled(long _, Instant _, Input input)) {
                awaited.computeIfAbsent(input.place().topic(), _ -> new TreeSet<>())
                        .add(input.place().offset());
            }
        }
        score.floating()
                .forEach(each -> floating.computeIfAbsent(each.place().topic(), _ -> new ArrayDeque<>())
                        .add(each));
    }

    /** Replays all of it, once. */
    Replay run() {
        for (int i = 0; i < score.anchors().size(); i++) {
            Anchor anchor = score.anchors().get(i);
            fireBefore(available(i), anchor.at());
            letFloat(anchor.at());
            reach(anchor);
        }
        fireBefore(recording.activity().last(), recording.activity().last());
        letFloat(Instant.MAX);
        for (Optional<Floating> next = heads().findFirst(); next.isPresent(); next = heads().findFirst()) {
            force(next.get());
            letFloat(Instant.MAX);
        }
        catchUp();
        return this;
    }

    /** What the saga has sent. */
    List<Sent> sent() {
        return way.sent();
    }

    /** How many records it has handled. */
    int messages() {
        return messages;
    }

    private void reach(Anchor anchor) {
        switch (anchor) {
            case Anchor.Handled(long _, Instant at, Input input) -> {
                forceBefore(input.place());
                awaited.getOrDefault(input.place().topic(), new TreeSet<>())
                        .remove(input.place().offset());
                handle(input, true, at);
            }
            case Anchor.Acted(long _, Instant at) -> fireDue(at, _ -> true);
            case Anchor.Wrote(long _, Instant at, Sent first) -> explain(first, at);
        }
    }

    /**
     * Since when the next of the recorded messages have lain there, at the latest: whatever was written before a timer was
     * due is taken to be read before it fires, however late the running saga was.
     */
    private Instant available(int index) {
        Instant since = score.anchors().get(index).at();
        for (Anchor later : score.anchors().subList(index, score.anchors().size())) {
            if (later instanceof Anchor.Handled handled
                    && handled.input().written().isBefore(since)) {
                since = handled.input().written();
            }
        }
        return since;
    }

    /**
     * Fires timers of which the recording does not know. Where the settings are the same there are none that send
     * anything; so one is due only where the saga was at work meanwhile, or was to dispatch the order at another time.
     *
     * @param available nothing was there to be read between the timer and this
     * @param until the next decision
     */
    private void fireBefore(Instant available, Instant until) {
        for (Optional<Instant> due = way.nextTimer(); due.isPresent(); due = way.nextTimer()) {
            Instant at = due.get();
            if (at.isAfter(until) || firings++ >= MOST_FIRINGS) {
                return;
            }
            letFloat(at);
            Decision decision = way.wouldDecide(new SagaMessage.TimerFired(at), at, way.later(at));
            Instant waiting = heads().findFirst().map(Floating::from).orElse(available);
            if (sends(decision) && !isCertain(at, waiting.isBefore(available) ? waiting : available)) {
                return;
            }
            way.fire(at, decision, way.later(at));
        }
    }

    private boolean isCertain(Instant due, Instant available) {
        if (isAstray() || !due.isBefore(available)) {
            return false;
        }
        Instant dispatchDueAt = recording.dispatchDueAt();
        boolean dispatchedAtAnotherTime = dispatchDueAt != null
                && !dispatchDueAt.equals(due)
                && way.state() != null
                && way.state().status() == Status.CONFIRMED;
        return dispatchedAtAnotherTime || recording.activity().hasFired(due, available);
    }

    /** Whether it has sent what nobody has answered in the recording: it would wait in vain, and ask again for ever. */
    private boolean isAstray() {
        return way.sent().stream().anyMatch(each -> each.sequence() > 0 && !recordedTypes.contains(each.type()));
    }

    /** Fires what is due up to the first timer that sends something. */
    private boolean fireDue(Instant at, Predicate<Decision> wanted) {
        for (Optional<Instant> due = way.nextTimer(); due.isPresent(); due = way.nextTimer()) {
            if (due.get().isAfter(at) || firings++ >= MOST_FIRINGS) {
                return false;
            }
            Decision decision = way.wouldDecide(new SagaMessage.TimerFired(due.get()), at, at);
            if (sends(decision) && !wanted.test(decision)) {
                return false;
            }
            way.fire(due.get(), decision, at);
            if (sends(decision)) {
                return true;
            }
        }
        return false;
    }

    /** Finds what has led to this record: one of those whose turn it may be, a timer, or one that came too early. */
    private void explain(Sent recorded, Instant at) {
        Predicate<Decision> leadsToIt =
                decision -> rendering.of(decision, at).stream().anyMatch(recorded::isLike);
        Optional<Floating> waiting = heads().filter(this::isItsTurn)
                .filter(next -> isCause(next, leadsToIt, at))
                .findFirst();
        if (waiting.isPresent()) {
            force(waiting.get(), at);
        } else if (!fireDue(at, leadsToIt)) {
            idle.values().stream()
                    .flatMap(List::stream)
                    .filter(done -> isCause(done, leadsToIt, at))
                    .findFirst()
                    .ifPresent(done -> moveHere(done, at));
        }
    }

    private boolean isCause(Floating floating, Predicate<Decision> leadsToIt, Instant at) {
        return floating.deadLetter() == null
                && !floating.from().isAfter(at)
                && floating.input().content() instanceof Content.Understood(SagaMessage message)
                && leadsToIt.test(way.wouldDecide(message, floating.input().written(), at));
    }

    /** Where it was handled, it did nothing, so it may as well have come only now. */
    private void moveHere(Floating done, Instant at) {
        messages--;
        idle.remove(done.place().topic());
        handle(done.input(), false, at);
    }

    /** Handles records without a trace where they do what they did: nothing, or become the same dead letters. */
    private void letFloat(Instant until) {
        for (Optional<Floating> next = fitting(until); next.isPresent(); next = fitting(until)) {
            List<Floating> before = idle.getOrDefault(next.get().place().topic(), List.of());
            boolean overdue = !doesWhatItDid(next.get());
            force(next.get());
            if (!overdue && next.get().deadLetter() == null) {
                List<Floating> now = new ArrayList<>(before);
                now.add(next.get());
                idle.put(next.get().place().topic(), now);
            }
        }
    }

    private Optional<Floating> fitting(Instant until) {
        return heads().filter(next -> !next.from().isAfter(until) && isItsTurn(next))
                .filter(next -> isOverdue(next, until) || doesWhatItDid(next))
                .findFirst();
    }

    /** Whether all that stands before it in its topic has been handled. */
    private boolean isItsTurn(Floating next) {
        TreeSet<Long> offsets = awaited.get(next.place().topic());
        return offsets == null
                || offsets.isEmpty()
                || offsets.getFirst() > next.place().offset();
    }

    /** When a record became a dead letter is known: it is not put off for long. */
    private static boolean isOverdue(Floating floating, Instant until) {
        return floating.deadLetter() != null
                && !until.equals(Instant.MAX)
                && floating.from().plus(Activity.LATEST).isBefore(until);
    }

    private boolean doesWhatItDid(Floating floating) {
        return switch (floating.input().content()) {
            case Content.Refused _ -> true;
            case Content.Understood(SagaMessage message) -> {
                Instant at = way.later(floating.from());
                Sent deadLetter = floating.deadLetter();
                Decision decision = way.wouldDecide(message, floating.input().written(), at);
                if (deadLetter == null) {
                    yield doesNothing(decision);
                }
                yield decision instanceof Decision.Unusable(String reason)
                        && way.deadLetter(floating.place(), reason, at)
                                .content()
                                .equals(deadLetter.content());
            }
        };
    }

    /** Handles what stands before a record in its topic, and has found no better place. */
    private void forceBefore(Evidence place) {
        Deque<Floating> queue = floating.get(place.topic());
        while (queue != null && !queue.isEmpty() && queue.peek().place().offset() < place.offset()) {
            force(queue.peek());
        }
    }

    /** The next record of each topic, the earliest first. */
    private Stream<Floating> heads() {
        return floating.values().stream()
                .filter(queue -> !queue.isEmpty())
                .map(Deque::peek)
                .sorted(Comparator.comparing(Floating::from));
    }

    private Floating force(Floating next) {
        return force(next, way.later(next.from()));
    }

    private Floating force(Floating next, Instant at) {
        Deque<Floating> queue = floating.get(next.place().topic());
        if (queue != null) {
            queue.poll();
        }
        handle(next.input(), false, at);
        return next;
    }

    /** Where the recording tells of more than was sent by now, timers bring it sooner or later. */
    private void catchUp() {
        for (Optional<Instant> due = way.nextTimer(); due.isPresent(); due = way.nextTimer()) {
            Instant at = way.later(due.get());
            Decision decision = way.wouldDecide(new SagaMessage.TimerFired(due.get()), at, at);
            boolean owed = rendering.of(decision, at).stream().anyMatch(this::isOwed);
            if (isAstray() || firings++ >= MOST_FIRINGS || (sends(decision) && !owed)) {
                return;
            }
            way.fire(due.get(), decision, at);
        }
    }

    private boolean isOwed(Sent kind) {
        return count(recording.sent(), kind) > count(way.sent(), kind);
    }

    private static long count(Collection<Sent> sent, Sent kind) {
        return sent.stream().filter(kind::isLike).count();
    }

    private void handle(Input input, boolean traced, Instant at) {
        messages++;
        idle.remove(input.place().topic());
        switch (input.content()) {
            case Content.Refused(String reason) -> way.refuse(input.place(), reason, at);
            case Content.Understood(SagaMessage message) -> {
                if (!isLeftOut(message)) {
                    SagaMessage answer = asAnswer(message, traced);
                    way.carryOut(way.wouldDecide(answer, input.written(), at), input.place(), at);
                }
            }
        }
    }

    /** Nobody answers for an order that is not accepted any more. */
    private boolean isLeftOut(SagaMessage message) {
        boolean isAnswer = message instanceof OfStock || message instanceof OfPayment;
        return isAnswer && recording.due() != null && way.shown() == null;
    }

    /** The recorded message as it would be if what it answers had been sent by this build. */
    private SagaMessage asAnswer(SagaMessage message, boolean traced) {
        OrderState shown = way.shown();
        if (message instanceof OfPayment(int attempt, String key, PaymentFact.Charged charged, Evidence evidence)
                && charged.amount().equals(recording.due())
                && shown != null) {
            // Payment charges what the order costs: in full then is in full now.
            return new OfPayment(attempt, key, new PaymentFact.Charged(charged.chargeId(), due(shown)), evidence);
        }
        if (message instanceof Asked(var id, var by, var request, OrderState seen, Evidence evidence)
                && traced
                && seen != null
                && shown != null
                && way.state() instanceof ClosedOrder) {
            // Who asked had the newest view before their eyes, or the saga would have set the request aside.
            return new Asked(id, by, request, rendering.asSeen(shown), evidence);
        }
        return message;
    }

    private static Money due(OrderState order) {
        Totals totals = order.order().totals();
        return new Money(totals.total(), totals.currency());
    }

    private static boolean doesNothing(Decision decision) {
        return switch (decision) {
            case Decision.Unchanged _ -> true;
            case Decision.Changed changed -> changed.outputs().isEmpty();
            case Decision.Rejected _, Decision.Corrected _, Decision.Unusable _ -> false;
        };
    }

    private static boolean sends(Decision decision) {
        return !doesNothing(decision);
    }
}
