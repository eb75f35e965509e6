package dev.orderflow.payment.payment;

import dev.orderflow.payment.payment.Decision.CallChange;
import dev.orderflow.payment.payment.Decision.TimerChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One order's payment with a provider and a log, in which everything that can go wrong does: records of the two topics
 * come in any order, instances die before they commit, or are stopped inside a transaction until others have decided
 * otherwise; their calls reach the provider afterwards, answers get lost.
 */
final class World {

    /** What the service has: a crash goes back to what was committed. */
    private record Held(
            @Nullable Payment payment,
            Map<String, ProviderCall> calls,
            List<TimerChange.Set> timers,
            int eventsRead,
            int commandsRead,
            List<Fact> facts) {
        Held copy() {
            return new Held(
                    payment,
                    new LinkedHashMap<>(calls),
                    new ArrayList<>(timers),
                    eventsRead,
                    commandsRead,
                    new ArrayList<>(facts));
        }
    }

    /** A try on the wire; its sender may be long dead. */
    private static final class Try {
        final ProviderCall call;
        final int instance;

        @Nullable
        PaymentMessage answer;

        Try(ProviderCall call, int instance) {
            this.call = call;
            this.instance = instance;
        }
    }

    private final Payments payments = new Payments(Given.RULES);
    private final List<PaymentMessage> events;
    private final List<PaymentMessage> commands;
    private final WorldsProvider provider;
    private final List<Try> wire = new ArrayList<>();
    /** Keys of calls that must not leave before the commit. */
    private final Set<String> uncommitted = new HashSet<>();

    private final List<String> history = new ArrayList<>();
    private Held committed = new Held(null, new LinkedHashMap<>(), new ArrayList<>(), 0, 0, new ArrayList<>());
    private Held held = committed.copy();
    private int instance;
    private boolean lost;
    private boolean braked;
    private Instant now = Given.START;

    /**
     * @param declines see {@link WorldsProvider}
     * @param nature see {@link WorldsProvider}
     */
    World(List<PaymentMessage> events, List<PaymentMessage> commands, int declines, int nature) {
        this.events = events;
        this.commands = commands;
        this.provider = new WorldsProvider(declines, nature);
    }

    /** Does one of the things that can happen; some do nothing. */
    void step(int choice) {
        int what = choice % 14;
        int which = choice / 14;
        switch (what) {
            case 0 -> readEvent();
            case 1, 2 -> readCommand();
            case 3, 4 -> reach(which);
            case 5 -> answer(which);
            case 6 -> lose(which);
            case 7 -> commit();
            case 8 -> crash();
            case 9 -> pass(which % 3 == 0 ? 60_000 : 1000L * (which % 15));
            case 10 -> notify(which);
            case 11 -> stall(which);
            case 12 -> decidePending(which);
            case 13 -> brake(which);
            default -> throw new AssertionError(what);
        }
    }

    /** A notification comes: late, out of order and as often as it likes; one of nobody's payment is set aside. */
    private void notify(int which) {
        List<PaymentMessage.Notified> notices = provider.notices();
        if (!notices.isEmpty() && held.payment() != null) {
            take(notices.get(which % notices.size()), 0, 0);
        }
    }

    private void decidePending(int which) {
        provider.decidePending(which).ifPresent(decided -> history.add("decided: " + decided));
    }

    /** Ops pause the provider, or let it go on; what waits is told so. */
    private void brake(int which) {
        braked = which % 2 == 0;
        history.add(braked ? "paused" : "resumed");
        if (braked) {
            held.calls().values().stream()
                    .filter(call -> wire.stream().noneMatch(sent -> sent.call.equals(call)))
                    .findFirst()
                    .ifPresent(call -> take(new PaymentMessage.Held(call, "paused"), 0, 0));
        } else {
            retryAll();
        }
    }

    /** From here on nothing goes wrong any more, for two days. */
    void settle() {
        commit();
        braked = false;
        while (held.eventsRead() < events.size()) {
            readEvent();
        }
        while (held.commandsRead() < commands.size()) {
            readCommand();
        }
        Instant end = now.plusSeconds(2 * 86_400);
        do {
            calm();
            decidePending(1);
        } while (fireNext(end));
        calm();
        commit();
    }

    private void calm() {
        for (int round = 0; round < 100; round++) {
            commit();
            if (wire.isEmpty()) {
                return;
            }
            reach(0);
            answer(0);
        }
        throw new AssertionError("The payment never comes to rest:\n" + this);
    }

    private void readEvent() {
        if (held.eventsRead() < events.size()) {
            take(events.get(held.eventsRead()), 1, 0);
        }
    }

    private void readCommand() {
        if (held.commandsRead() < commands.size()) {
            take(commands.get(held.commandsRead()), 0, 1);
        }
    }

    /** A try arrives at the provider. */
    private void reach(int which) {
        List<Try> open = wire.stream().filter(sent -> sent.answer == null).toList();
        if (open.isEmpty()) {
            return;
        }
        Try sent = open.get(which % open.size());
        sent.answer = provider.answer(sent.call);
        history.add("provider: " + sent.call.key() + " -> " + sent.answer);
        if (sent.instance != instance) {
            wire.remove(sent);
        }
    }

    private void answer(int which) {
        List<Try> answered = wire.stream().filter(sent -> sent.answer != null).toList();
        if (!answered.isEmpty()) {
            Try sent = answered.get(which % answered.size());
            wire.remove(sent);
            if (held.calls().remove(sent.call.key(), sent.call)) {
                take(sent.answer, 0, 0);
            }
        }
    }

    private void lose(int which) {
        if (wire.isEmpty()) {
            return;
        }
        Try sent = wire.get(which % wire.size());
        if (sent.instance == instance && held.calls().containsKey(sent.call.key())) {
            if (sent.answer != null) {
                wire.remove(sent);
            }
            take(new PaymentMessage.TryFailed(sent.call, 1, "lost", now.plusSeconds(1)), 0, 0);
        }
    }

    private void commit() {
        if (lost) {
            crash();
            return;
        }
        history.add("commit");
        committed = held.copy();
        uncommitted.clear();
        retryAll();
    }

    private void crash() {
        history.add("crash");
        lost = false;
        held = committed.copy();
        uncommitted.clear();
        instance++;
        wire.removeIf(sent -> sent.answer != null);
        retryAll();
    }

    /**
     * The instance is stopped in the middle of a transaction for longer than its session, and goes on without knowing that
     * it has lost the order: what it decides from here on will not be committed.
     */
    private void stall(int which) {
        lost = true;
        Instant end = now.plusSeconds(10L + which);
        history.add("stalled until " + end);
        while (fireNext(end)) {
            // One timer each time round.
        }
        now = end;
        retryAll();
    }

    /** Transactions are short: time passes between them. */
    private void pass(long millis) {
        commit();
        Instant end = now.plusMillis(millis);
        while (fireNext(end)) {
            // One timer each time round.
        }
        now = end;
        history.add("time: " + now);
        retryAll();
    }

    private boolean fireNext(Instant end) {
        Optional<TimerChange.Set> next = held.timers().stream()
                .filter(timer -> !timer.due().isAfter(end))
                .min(Comparator.comparing(TimerChange.Set::due));
        if (next.isEmpty()) {
            return false;
        }
        TimerChange.Set timer = next.get();
        held.timers().remove(timer);
        now = now.isAfter(timer.due()) ? now : timer.due();
        take(new PaymentMessage.Woken(timer.wake(), timer.due()), 0, 0);
        return true;
    }

    private void retryAll() {
        if (braked) {
            return;
        }
        for (ProviderCall call : held.calls().values()) {
            boolean running = wire.stream().anyMatch(sent -> sent.instance == instance && sent.call.equals(call));
            if (!running && !uncommitted.contains(call.key())) {
                wire.add(new Try(call, instance));
            }
        }
    }

    private void take(PaymentMessage message, int eventsRead, int commandsRead) {
        Decision decision = payments.decide(Given.ORDER, held.payment(), message, now);
        history.add(message + " -> "
                + (decision.next() == null ? null : decision.next().status()) + " "
                + decision.facts().stream().map(Decision.Said::fact).toList());
        requireThatRefundsAreOver(decision);
        Map<String, ProviderCall> calls = new LinkedHashMap<>(held.calls());
        for (CallChange change : decision.calls()) {
            switch (change) {
                case CallChange.Start(ProviderCall call) -> {
                    if (calls.putIfAbsent(call.key(), call) == null) {
                        if (!call.mayPrecedeCommit()) {
                            uncommitted.add(call.key());
                        } else if (!braked) {
                            wire.add(new Try(call, instance));
                        }
                    }
                }
                case CallChange.Stop(String key) -> {
                    calls.remove(key);
                    uncommitted.remove(key);
                    wire.removeIf(sent -> sent.answer != null && sent.call.key().equals(key));
                }
                case CallChange.RetryNow _ -> {}
            }
        }
        List<TimerChange.Set> timers = new ArrayList<>(held.timers());
        for (TimerChange change : decision.timers()) {
            switch (change) {
                case TimerChange.Set set -> timers.add(set);
                case TimerChange.Unset(Wake wake, Instant due) -> timers.remove(new TimerChange.Set(wake, due));
            }
        }
        List<Fact> facts = new ArrayList<>(held.facts());
        decision.facts().forEach(said -> facts.add(said.fact()));
        held = new Held(
                decision.next(),
                calls,
                timers,
                held.eventsRead() + eventsRead,
                held.commandsRead() + commandsRead,
                facts);
    }

    /** The saga ends the order by this fact. */
    private void requireThatRefundsAreOver(Decision decision) {
        Payment next = decision.next();
        boolean refunded = decision.facts().stream().anyMatch(said -> said.fact() instanceof Fact.Refunded);
        if (refunded && next != null && !next.refunds().isEmpty()) {
            throw new AssertionError("Refunded was said while a refund was under way:\n" + this);
        }
    }

    long charged() {
        return provider.charged();
    }

    List<Fact> facts() {
        return committed.facts();
    }

    @Nullable
    PaymentStatus status() {
        Payment payment = committed.payment();
        return payment == null ? null : payment.status();
    }

    boolean isAtRest() {
        return wire.isEmpty() && held.calls().isEmpty();
    }

    @Override
    public String toString() {
        return String.join("\n", history) + "\nprovider: " + provider + "\npayment: " + committed.payment();
    }
}
