package dev.orderflow.local.rehearsal;

import dev.orderflow.local.rehearsal.RehearseCommand.Result;
import dev.orderflow.order.recording.Reach;
import dev.orderflow.order.rehearsal.Difference;
import dev.orderflow.order.rehearsal.Group;
import dev.orderflow.order.rehearsal.NotJudged;
import dev.orderflow.order.rehearsal.Sent;
import dev.orderflow.order.rehearsal.Spread;
import dev.orderflow.order.rehearsal.Tally;
import dev.orderflow.order.rehearsal.Value;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The result of a rehearsal for people. */
final class RehearsalText {

    private static final int LONGEST = 70;

    private RehearsalText() {}

    static void print(PrintStream out, Result result) {
        Tally tally = result.tally();
        Reach reach = result.reach();
        out.printf(
                "Replayed %,d orders (%,d records that the saga reads), recorded %suntil %s%n%n",
                tally.orders(),
                tally.messages(),
                reach.from()
                        .map(from -> "from " + from.truncatedTo(ChronoUnit.SECONDS) + " ")
                        .orElse(""),
                reach.until().truncatedTo(ChronoUnit.SECONDS));
        count(out, tally.same(), "the same");
        if (tally.renumbered() > 0) {
            count(out, tally.renumbered(), "of them with other numbers (ce_id), since more or fewer views are written");
        }
        count(out, tally.differing(), "different");
        for (Map.Entry<NotJudged, Long> reason : tally.notJudged().entrySet()) {
            count(out, reason.getValue(), "not judged: " + reason.getKey().text());
        }
        if (reach.unreadable() > 0) {
            count(out, reach.unreadable(), "records that cannot be read, which belong to no order");
        }
        if (!reach.positions()) {
            out.println(
                    "\nThe positions of the saga are not known (see kafka.prefix): what it has not read yet counts as"
                            + " read.");
        }
        List<Group> groups = tally.groups();
        for (int i = 0; i < Math.min(result.limit(), groups.size()); i++) {
            group(out, i + 1, groups.get(i));
        }
        if (groups.size() > result.limit()) {
            out.printf("%n... and %,d more: see --limit%n", groups.size() - result.limit());
        }
        if (tally.ungrouped() > 0) {
            out.printf("%n... and %,d orders that differ in still other ways%n", tally.ungrouped());
        }
        out.println();
        out.println(conclusion(tally));
    }

    private static String conclusion(Tally tally) {
        if (tally.orders() == 0) {
            return "Nothing was replayed, so nothing can be said.";
        }
        return tally.differing() == 0
                ? "This build sends what was recorded."
                : "This build sends something else than was recorded.";
    }

    private static void count(PrintStream out, long count, String what) {
        out.printf("  %,10d  %s%n", count, what);
    }

    private static void group(PrintStream out, int number, Group group) {
        String examples = String.join(", ", group.examples());
        out.printf(
                "%n%d. %,d %s: %s%s%n",
                number,
                group.orders(),
                group.orders() == 1 ? "order" : "orders",
                examples,
                group.orders() > group.examples().size() ? ", ..." : "");
        for (Group.Line line : group.lines()) {
            Sent record = line.first().record();
            String name = record.topic() + " " + record.type();
            switch (line.first()) {
                case Difference.Missing _ -> out.printf("   - %s%n       was sent, and would not be%n", name);
                case Difference.Added _ ->
                    out.printf("   + %s%n       would be sent, and was not%s%n", name, summary(record));
                case Difference.Changed _ -> {
                    out.printf("   ~ %s%n", name);
                    line.values().forEach((place, spread) -> values(out, place, spread));
                }
            }
        }
    }

    /** What an added record says in a few words: those that commands have. */
    private static String summary(Sent record) {
        return record.content().entrySet().stream()
                .filter(each -> each.getKey().startsWith("command.")
                        || each.getKey().equals("reason")
                        || each.getKey().equals("detail"))
                .map(each -> each.getKey().replace("command.", "") + " " + shortened(each.getValue()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), text -> text.isEmpty() ? "" : ": " + text));
    }

    private static void values(PrintStream out, String place, Spread spread) {
        String changes = spread.examples().stream()
                .map(change -> text(change.recorded()) + " -> " + text(change.rehearsed()))
                .collect(Collectors.joining(", "));
        out.printf("       %-28s %s%s%n", place, changes, spread.hasMore() ? ", ..." : "");
    }

    private static String text(Optional<String> value) {
        return value.map(RehearsalText::shortened).orElse("(none)");
    }

    private static String shortened(Value value) {
        return shortened(value.text());
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
