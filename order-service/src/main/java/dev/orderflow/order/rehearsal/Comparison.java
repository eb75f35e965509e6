package dev.orderflow.order.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Compares what was recorded of an order with what this build would send: each record with one of its kind, the same
 * before a different one, and the one of the same number before another.
 */
final class Comparison {

    private static final Comparator<Sent> IN_ORDER =
            Comparator.comparing(Sent::at).thenComparingLong(Sent::sequence);

    private final List<Sent> recorded;
    private final List<Sent> rehearsed;
    private final List<Pair> pairs = new ArrayList<>();

    private record Pair(Sent recorded, Sent rehearsed) {}

    private Comparison(List<Sent> recorded, List<Sent> rehearsed) {
        this.recorded = new ArrayList<>(recorded);
        this.rehearsed = new ArrayList<>(rehearsed);
        BiPredicate<Sent, Sent> sameNumber = (a, b) -> a.sequence() == b.sequence();
        BiPredicate<Sent, Sent> sameContent = (a, b) -> a.content().equals(b.content());
        match(sameContent.and(sameNumber));
        match(sameContent);
        match(sameNumber);
        match((_, _) -> true);
    }

    /**
     * What differs.
     *
     * @param differences in the order of the order's life
     * @param renumbered whether a record would have another number, since more or fewer were written before it
     */
    record Result(List<Difference> differences, boolean renumbered) {}

    /** @param whole whether nothing is under way; else what one side has at its end, and the other not yet, is no difference */
    static Result of(List<Sent> recorded, List<Sent> rehearsed, boolean whole) {
        Comparison comparison = new Comparison(recorded, rehearsed);
        List<Difference> differences = new ArrayList<>();
        for (Pair pair : comparison.pairs) {
            List<FieldChange> changes = changes(pair);
            if (!changes.isEmpty()) {
                differences.add(new Difference.Changed(pair.recorded(), changes));
            }
        }
        for (Sent missing : comparison.recorded) {
            if (whole || comparison.isFollowed(missing, Pair::recorded)) {
                differences.add(new Difference.Missing(missing));
            }
        }
        for (Sent added : comparison.rehearsed) {
            if (whole || comparison.isFollowed(added, Pair::rehearsed)) {
                differences.add(new Difference.Added(added));
            }
        }
        differences.sort(Comparator.comparing(Difference::record, IN_ORDER));
        boolean renumbered = comparison.pairs.stream()
                .anyMatch(pair -> pair.recorded().sequence() != pair.rehearsed().sequence());
        return new Result(List.copyOf(differences), renumbered);
    }

    private void match(BiPredicate<Sent, Sent> alike) {
        recorded.removeIf(one -> {
            Optional<Sent> found = rehearsed.stream()
                    .filter(other -> one.isLike(other) && alike.test(one, other))
                    .findFirst();
            found.ifPresent(other -> {
                rehearsed.remove(other);
                pairs.add(new Pair(one, other));
            });
            return found.isPresent();
        });
    }

    private boolean isFollowed(Sent single, Function<Pair, Sent> side) {
        return pairs.stream().map(side).anyMatch(other -> IN_ORDER.compare(other, single) > 0);
    }

    private static List<FieldChange> changes(Pair pair) {
        List<FieldChange> changes = new ArrayList<>();
        Set<String> paths = new LinkedHashSet<>(pair.recorded().content().keySet());
        paths.addAll(pair.rehearsed().content().keySet());
        for (String path : paths) {
            Optional<Value> was = Optional.ofNullable(pair.recorded().content().get(path));
            Optional<Value> is = Optional.ofNullable(pair.rehearsed().content().get(path));
            if (!was.equals(is)) {
                changes.add(new FieldChange(path, was, is));
            }
        }
        Duration later = Duration.between(pair.recorded().at(), pair.rehearsed().at());
        boolean isDeadLetter = pair.recorded().sequence() == 0;
        if (!isDeadLetter && later.abs().compareTo(Activity.LATEST) >= 0) {
            changes.add(new FieldChange(
                    "when",
                    Optional.of(new Value("as recorded", true)),
                    Optional.of(
                            new Value(roughly(later.abs()) + (later.isNegative() ? " earlier" : " later"), false))));
        }
        return changes;
    }

    private static String roughly(Duration time) {
        if (time.compareTo(Duration.ofMinutes(2)) < 0) {
            return Math.round(time.toMillis() / 1000.0) + " s";
        }
        if (time.compareTo(Duration.ofHours(2)) < 0) {
            return Math.round(time.toSeconds() / 60.0) + " min";
        }
        return Math.round(time.toMinutes() / 60.0) + " h";
    }
}
