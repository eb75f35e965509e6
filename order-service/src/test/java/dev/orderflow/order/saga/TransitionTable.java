package dev.orderflow.order.saga;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the saga does with every message in every state, asked of the code itself, for the documentation. */
final class TransitionTable {

    static final String BEGIN = "<!-- transitions: begin -->";
    static final String END = "<!-- transitions: end -->";

    private static final String NOTED = "noted in the timeline";
    private static final String NOTHING = "nothing new";
    private static final String DEAD_LETTER = "dead letter, with the reason";

    private static final Function<Life, Decision> DEADLINE = Life::afterDeadline;

    private TransitionTable() {}

    static String markdown() {
        StringBuilder table = new StringBuilder("| state | message | next | sends |\n|---|---|---|---|\n");
        states().forEach((state, path) -> rows(state, path).forEach(table::append));
        return table.toString();
    }

    /** Every way from one state to another, as {@code RESERVING --> CHARGING}; {@code [*]} is the beginning. */
    static Set<String> arrows() {
        Set<String> arrows = new LinkedHashSet<>();
        for (Supplier<Life> path : states().values()) {
            for (Function<Life, Decision> message : messages().values()) {
                Life life = path.get();
                String before = life.state() == null ? "[*]" : life.status().name();
                if (message.apply(life) instanceof Decision.Unchanged) {
                    continue;
                }
                String after = life.state() == null ? "[*]" : life.status().name();
                if (!before.equals(after)) {
                    arrows.add(before + " --> " + after);
                }
            }
        }
        return arrows;
    }

    private static List<String> rows(String state, Supplier<Life> path) {
        Map<String, List<String>> byResult = new LinkedHashMap<>();
        messages().forEach((name, message) -> {
            Life life = path.get();
            String result = result(life, message.apply(life));
            byResult.computeIfAbsent(result, _ -> new ArrayList<>()).add(name);
        });
        List<String> rows = new ArrayList<>();
        List<String> last = new ArrayList<>();
        byResult.forEach((result, names) -> {
            String row = "| " + state + " | " + String.join(", ", names) + " | " + result + " |\n";
            boolean quiet = result.contains(NOTED) || result.endsWith(NOTHING) || result.endsWith(DEAD_LETTER);
            (quiet ? last : rows).add(row);
        });
        rows.addAll(last);
        return rows;
    }

    private static String result(Life life, Decision decision) {
        String next = life.state() == null ? "-" : life.status().name();
        return switch (decision) {
            case Decision.Changed _, Decision.Corrected _, Decision.Rejected _ -> {
                List<Output> sent = Life.sent(decision);
                yield next + " | " + (sent.isEmpty() ? quiet(life) : words(sent));
            }
            case Decision.Unchanged _ -> "same | " + NOTHING;
            case Decision.Unusable _ -> "same | " + DEAD_LETTER;
        };
    }

    private static String quiet(Life life) {
        Set<Step> newest = life.shown().timeline().stream()
                .filter(entry -> entry.sequence() == life.shown().sequence())
                .map(TimelineEntry::step)
                .collect(Collectors.toSet());
        if (newest.contains(Step.REQUEST_REFUSED)) {
            return NOTED + " as refused";
        }
        return newest.contains(Step.OUT_OF_PLACE) ? NOTED + " as out of place" : NOTED;
    }

    private static String words(List<Output> sent) {
        return sent.stream().map(TransitionTable::words).collect(Collectors.joining(", "));
    }

    private static String words(Output output) {
        return switch (output) {
            case Output.Accepted _ -> "order.accepted";
            case Output.Confirmed _ -> "order.confirmed";
            case Output.Completed _ -> "order.completed";
            case Output.Cancelled _ -> "order.cancelled";
            case Output.Refunded _ -> "order.refunded";
            case Output.ReleaseStock(String _, boolean unlessDone) ->
                unlessDone ? "ReleaseStock unless done" : "ReleaseStock";
            case Output.CommitStock _ -> "CommitStock";
            case Output.CancelPayment(boolean unlessDone, String _) ->
                unlessDone ? "CancelPayment unless done" : "CancelPayment";
            case Output.RefundPayment _ -> "RefundPayment";
            case Output.RetryPayment _ -> "RetryPayment";
            case Output.View _ -> "order.view";
        };
    }

    private static Map<String, Supplier<Life>> states() {
        Map<String, Supplier<Life>> states = new LinkedHashMap<>();
        states.put("-", Life::new);
        states.put("REJECTED", () -> Life.of(Messages.placedInvalid()));
        states.put("RESERVING", () -> reserving());
        states.put("CHARGING", () -> charging());
        states.put("EXPIRING (stock asked)", () -> expired(reserving()));
        states.put("EXPIRING (payment asked)", () -> expired(charging()));
        states.put("CANCELLING", () -> charging().then(Messages.cancel()));
        states.put("CANCELLING (stock released)", () -> charging().then(Messages.cancel(), Messages.released()));
        states.put("CANCELLING (payment undone)", () -> charging().then(Messages.cancel(), Messages.voided()));
        states.put("CONFIRMED", () -> confirmed());
        states.put("COMPLETED", () -> completed());
        states.put("REFUNDING", () -> refunding());
        states.put("REFUNDED", () -> refunding().then(Messages.refunded()));
        states.put("CANCELLED", () -> reserving().then(Messages.stockRejected()));
        return states;
    }

    private static Map<String, Function<Life, Decision>> messages() {
        Map<String, Function<Life, Decision>> messages = new LinkedHashMap<>();
        messages.put("OrderPlaced", life -> life.on(Messages.placed()));
        messages.put("OrderPlaced (other content)", life -> life.on(Messages.placedDifferently()));
        messages.put("OrderPlaced (invalid)", life -> life.on(Messages.placedInvalid()));
        messages.put("StockReserved", life -> life.on(Messages.reserved()));
        messages.put("StockRejected", life -> life.on(Messages.stockRejected()));
        messages.put("StockReleased (was never reserved)", life -> life.on(Messages.releasedNothing()));
        messages.put("StockReleased (was reserved)", life -> life.on(Messages.released()));
        messages.put("StockCommitted", life -> life.on(Messages.committed()));
        messages.put("PaymentPending", life -> life.on(Messages.pending()));
        messages.put("PaymentHeld", life -> life.on(Messages.held()));
        messages.put("PaymentAttemptFailed", life -> life.on(Messages.attemptFailed()));
        messages.put("PaymentCharged", life -> life.on(Messages.charged()));
        messages.put("PaymentCharged (wrong amount)", life -> life.on(Messages.chargedTooMuch()));
        messages.put("PaymentCharged (a second charge)", life -> life.on(Messages.charged("ch-2")));
        messages.put("PaymentDeclined", life -> life.on(Messages.declined()));
        messages.put("PaymentCancelling", life -> life.on(Messages.cancelling()));
        messages.put("PaymentVoided", life -> life.on(Messages.voided()));
        messages.put("PaymentRefunded", life -> life.on(Messages.refunded()));
        messages.put("CancelOrder", life -> life.on(Messages.asked("r-2", new Request.Cancel(null))));
        messages.put("RetryOrder", life -> life.on(Messages.retry()));
        messages.put("DispatchOrder", life -> life.on(Messages.asked("r-3", new Request.Dispatch())));
        messages.put("RefundOrder", life -> life.on(refund(life)));
        messages.put("deadline", DEADLINE);
        return messages;
    }

    private static SagaMessage refund(Life life) {
        return new SagaMessage.Asked("r-4", "ops", new Request.Refund(null), life.shown(), Messages.EVIDENCE);
    }

    private static Life reserving() {
        return Life.of(Messages.placed());
    }

    private static Life charging() {
        return reserving().then(Messages.reserved());
    }

    private static Life confirmed() {
        return charging().then(Messages.charged());
    }

    private static Life completed() {
        return confirmed().then(Messages.committed(), Messages.dispatch());
    }

    private static Life refunding() {
        Life life = completed();
        return life.then(Messages.refund(life.shown()));
    }

    private static Life expired(Life life) {
        life.afterDeadline();
        return life;
    }
}
