package dev.orderflow.local.rehearsal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.local.rehearsal.RehearseCommand.Result;
import dev.orderflow.order.recording.Reach;
import dev.orderflow.order.rehearsal.Difference;
import dev.orderflow.order.rehearsal.Group;
import dev.orderflow.order.rehearsal.NotJudged;
import dev.orderflow.order.rehearsal.Spread;
import dev.orderflow.order.rehearsal.Tally;
import dev.orderflow.order.saga.SagaSettings;
import java.util.Locale;

/** The result of a rehearsal for programs. */
final class RehearsalJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RehearsalJson() {}

    static ObjectNode of(Result result) {
        Tally tally = result.tally();
        Reach reach = result.reach();
        ObjectNode root = JSON.objectNode();
        root.put("from", reach.from().map(Object::toString).orElse(null));
        root.put("until", reach.until().toString());
        root.set("settings", settings(result.settings()));
        root.put("orders", tally.orders());
        root.put("messages", tally.messages());
        root.put("same", tally.same());
        root.put("renumbered", tally.renumbered());
        root.put("differing", tally.differing());
        ObjectNode notJudged = root.putObject("notJudged");
        for (NotJudged reason : NotJudged.values()) {
            notJudged.put(
                    reason.name().toLowerCase(Locale.ROOT), tally.notJudged().getOrDefault(reason, 0L));
        }
        root.put("recordsRead", reach.records());
        root.put("recordsUnreadable", reach.unreadable());
        root.put("recordsRerouted", reach.rerouted());
        root.put("positionsKnown", reach.positions());
        ArrayNode groups = root.putArray("groups");
        tally.groups().stream().limit(result.limit()).forEach(group -> groups.add(group(group)));
        root.put("groupsInAll", tally.groups().size());
        root.put("ordersInNoGroup", tally.ungrouped());
        return root;
    }

    private static ObjectNode settings(SagaSettings settings) {
        ObjectNode node = JSON.objectNode();
        node.put("reserve.deadline", settings.reserveDeadline().toString());
        node.put("payment.deadline", settings.paymentDeadline().toString());
        node.put("payment.pending", settings.pendingWindow().toString());
        node.put("dispatch.duration", settings.dispatchDuration().toString());
        node.put("dedup.window", settings.dedupWindow().toString());
        node.put("undo.repeat", settings.undoRepeat().toString());
        node.put("order.tax-basis-points", settings.taxBasisPoints());
        node.put("order.currency", settings.currency());
        node.put("order.location", settings.stockLocation());
        return node;
    }

    private static ObjectNode group(Group group) {
        ObjectNode node = JSON.objectNode();
        node.put("orders", group.orders());
        ArrayNode examples = node.putArray("examples");
        group.examples().forEach(examples::add);
        ArrayNode differences = node.putArray("differences");
        group.lines().forEach(line -> differences.add(line(line)));
        return node;
    }

    private static ObjectNode line(Group.Line line) {
        ObjectNode node = JSON.objectNode();
        node.put("topic", line.first().record().topic());
        node.put("type", line.first().record().type());
        switch (line.first()) {
            case Difference.Missing _ -> node.put("kind", "missing");
            case Difference.Added _ -> node.put("kind", "added");
            case Difference.Changed _ -> {
                node.put("kind", "changed");
                ArrayNode fields = node.putArray("fields");
                line.values().forEach((place, spread) -> fields.add(field(place, spread)));
            }
        }
        if (!(line.first() instanceof Difference.Changed)) {
            ObjectNode content = node.putObject("exampleContent");
            line.first().record().content().forEach((path, value) -> content.put(path, value.text()));
        }
        return node;
    }

    private static ObjectNode field(String place, Spread spread) {
        ObjectNode node = JSON.objectNode();
        node.put("field", place);
        ArrayNode values = node.putArray("values");
        for (Spread.Change change : spread.examples()) {
            ObjectNode value = values.addObject();
            value.put("recorded", change.recorded().orElse(null));
            value.put("rehearsed", change.rehearsed().orElse(null));
        }
        node.put("more", spread.hasMore());
        return node;
    }
}
