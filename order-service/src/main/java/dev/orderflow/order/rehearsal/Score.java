package dev.orderflow.order.rehearsal;

import dev.orderflow.order.saga.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * In which order the running saga handled what was recorded of an order.
 *
 * @param anchors decisions with a trace, in their order
 * @param floating handled records without one, by topic and offset
 * @param unhandled whether there are records that the running saga is not known to have read
 * @param lost whether a trace names a record that is not there
 */
record Score(List<Anchor> anchors, List<Floating> floating, boolean unhandled, boolean lost) {

    private static final Comparator<Evidence> BY_PLACE = Comparator.comparing(Evidence::topic)
            .thenComparingInt(Evidence::partition)
            .thenComparingLong(Evidence::offset);

    static Score of(Recording recording) {
        Map<Evidence, Input> inputs = new HashMap<>();
        recording.inputs().forEach(input -> inputs.put(input.place(), input));
        Map<Evidence, Sent> setAside = new HashMap<>();
        recording.setAside().forEach(each -> setAside.put(each.place(), each.sent()));

        TreeMap<Long, Anchor> decisions = new TreeMap<>();
        Map<Evidence, Anchor> traced = new HashMap<>();
        boolean lost = false;
        for (Noted noted : recording.noted()) {
            Evidence evidence = noted.evidence();
            if (evidence == null) {
                decisions.putIfAbsent(noted.sequence(), new Anchor.Acted(noted.sequence(), noted.at()));
                continue;
            }
            Input input = inputs.get(evidence);
            if (input == null) {
                lost = true;
            } else {
                Anchor handled = new Anchor.Handled(noted.sequence(), noted.at(), input);
                decisions.put(noted.sequence(), handled);
                traced.put(evidence, handled);
            }
        }
        Set<Long> numbers = recording.sent().stream().map(Sent::sequence).collect(Collectors.toSet());
        for (Sent sent : inOrder(recording.sent())) {
            Map.Entry<Long, Anchor> before = decisions.floorEntry(sent.sequence());
            if (before == null || !isOf(before.getValue(), sent, numbers)) {
                decisions.put(sent.sequence(), new Anchor.Wrote(sent.sequence(), sent.at(), sent));
            }
        }

        List<Floating> floating = new ArrayList<>();
        boolean unhandled = false;
        for (Input input : recording.inputs()) {
            Sent deadLetter = setAside.get(input.place());
            if (traced.containsKey(input.place())) {
                continue;
            }
            if (deadLetter == null && !input.handled()) {
                unhandled = true;
                continue;
            }
            Instant from = deadLetter == null ? input.written() : deadLetter.at();
            floating.add(new Floating(input, from, deadLetter));
        }
        floating.sort(Comparator.comparing(Floating::place, BY_PLACE));
        return new Score(List.copyOf(decisions.values()), List.copyOf(floating), unhandled, lost);
    }

    /** What a decision sends has numbers without a gap, and a view behind them. */
    private static boolean isOf(Anchor decision, Sent sent, Set<Long> numbers) {
        for (long number = decision.sequence(); number < sent.sequence(); number++) {
            if (!numbers.contains(number)) {
                return false;
            }
        }
        return decision.at().equals(sent.at());
    }

    private static List<Sent> inOrder(List<Sent> sent) {
        return sent.stream().sorted(Comparator.comparingLong(Sent::sequence)).toList();
    }
}
