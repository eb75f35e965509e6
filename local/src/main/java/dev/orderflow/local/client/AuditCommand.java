package dev.orderflow.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orderflow audit}: whether every charge has its order, every order its charge, and every piece its place. */
@Command(
        name = "audit",
        description = "Shows the money audit: per currency captured - refunded = value of confirmed orders, by the"
                + " provider's own list; the same for stock. Exit status 1 where anything differs, 3 where nothing does as"
                + " far as it was read, and one side is not read to its end or cannot be read now.")
public final class AuditCommand implements Callable<Integer> {

    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    /** What comes of an audit: the exit status, and what is said last. */
    private enum Verdict {
        AGREES(0, "Money and stock agree."),
        DIFFERS(1, "Money or stock does not agree: see what to do above."),
        NOT_READ(3, "Nothing differs as far as it was read, but not all of it can be: see above what is missing.");

        final int exit;
        final String text;

        Verdict(int exit, String text) {
            this.exit = exit;
            this.text = text;
        }

        static Verdict of(JsonNode audit) {
            if (!audit.path("agrees").asBoolean()) {
                return DIFFERS;
            }
            return isRead(audit.path("topics")) && isRead(audit.path("provider")) ? AGREES : NOT_READ;
        }

        private static boolean isRead(JsonNode source) {
            return source.hasNonNull("readAt") && !source.has("trouble");
        }
    }

    @Mixin
    private Address address = new Address();

    @Option(
            names = "--wait",
            paramLabel = "S",
            description = "Waits so many seconds at most until nothing is in flight any more (default:"
                    + " ${DEFAULT-VALUE}).")
    private int wait;

    @Option(names = "--json", description = "Prints the answer as it is.")
    private boolean json;

    @Override
    public Integer call() {
        long end = System.nanoTime() + Duration.ofSeconds(wait).toNanos();
        Api.Answer answer;
        try {
            answer = address.api().get("/audit");
            while (isUnderWay(answer) && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE_NANOS);
                answer = address.api().get("/audit");
            }
        } catch (CommandException unreachable) {
            System.err.println(unreachable.getMessage());
            return Verdict.NOT_READ.exit;
        }
        if (answer.status() != 200) {
            System.err.println(answer.problem());
            return Verdict.NOT_READ.exit;
        }
        if (json) {
            System.out.println(answer.body().toPrettyString());
        } else {
            print(System.out, answer.body());
        }
        return Verdict.of(answer.body()).exit;
    }

    private static boolean isUnderWay(Api.Answer answer) {
        return answer.status() != 200
                || answer.body().at("/inFlight/orders").asLong() > 0
                || answer.body().at("/provider/readAt").isNull()
                || answer.body().at("/topics/readAt").isNull();
    }

    private static void print(PrintStream out, JsonNode audit) {
        out.printf(
                "%-4s %-10s %10s %18s %18s %18s %18s%n",
                "", "", "orders", "captured", "refunded", "confirmed", "difference");
        for (JsonNode currency : audit.path("currencies")) {
            int digits = currency.path("digits").asInt();
            String code = currency.path("currency").asText();
            totals(out, code, "settled", currency.path("settled"), digits);
            totals(out, code, "in flight", currency.path("inFlight"), digits);
            totals(out, code, "differing", currency.path("differing"), digits);
        }
        if (audit.path("currencies").isEmpty()) {
            out.println("no order yet");
        }
        source(out, "topics", audit.path("topics"));
        source(out, "provider " + audit.at("/provider/name").asText(), audit.path("provider"));
        JsonNode inFlight = audit.path("inFlight");
        if (inFlight.path("orders").asLong() > 0) {
            out.printf(
                    "%nIn flight: %,d orders, the oldest for %s; %,d for longer than they should be%n",
                    inFlight.path("orders").asLong(),
                    Duration.ofSeconds(inFlight.path("oldestSeconds").asLong())
                            .toString()
                            .substring(2)
                            .toLowerCase(Locale.ROOT),
                    inFlight.path("late").asLong());
            // The others are on their way, as they should be: a list of them would bury what matters.
            inFlight.path("oldest")
                    .valueStream()
                    .limit(inFlight.path("late").asLong())
                    .forEach(line -> line(out, line));
        }
        if (!audit.path("differing").isEmpty()) {
            out.println("\nDiffering:");
            audit.path("differing").forEach(line -> line(out, line));
        }
        notJudged(out, audit.path("notJudged"));
        stock(out, audit.path("stock"));
        out.println();
        out.println(Verdict.of(audit).text);
    }

    private static void totals(PrintStream out, String currency, String name, JsonNode totals, int digits) {
        if (totals.path("orders").asLong() == 0 && !name.equals("settled")) {
            return;
        }
        out.printf(
                "%-4s %-10s %,10d %18s %18s %18s %18s%n",
                currency,
                name,
                totals.path("orders").asLong(),
                amount(totals, "captured", digits),
                amount(totals, "refunded", digits),
                amount(totals, "confirmed", digits),
                amount(totals, "difference", digits));
    }

    private static String amount(JsonNode node, String field, int digits) {
        return Amounts.format(node.path(field).asLong(), digits);
    }

    private static void source(PrintStream out, String name, JsonNode source) {
        out.printf(
                "%-20s read to its end at %s%s%n",
                name,
                source.path("readAt").isNull()
                        ? "(not yet)"
                        : Instant.parse(source.path("readAt").asText())
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString(),
                source.has("trouble") ? "; now: " + source.path("trouble").asText() : "");
    }

    private static void line(PrintStream out, JsonNode line) {
        int digits = line.path("digits").asInt();
        out.printf(
                "  %-28s %-10s %6d s  provider keeps %s, order is worth %s %s%n",
                line.path("orderId").asText(),
                line.path("stage").asText(),
                line.path("ageSeconds").asLong(),
                amount(line, "kept", digits),
                amount(line, "confirmed", digits),
                line.path("currency").asText());
        out.printf(
                "      %s: %s%n", line.path("kind").asText(), line.path("what").asText());
        out.printf("      what to do: %s%n", line.path("remedy").asText());
    }

    private static void notJudged(PrintStream out, JsonNode notJudged) {
        long old = notJudged.path("chargesOlderThanTheTopics").asLong();
        long foreign = notJudged.path("chargesOfOthers").asLong();
        if (old + foreign > 0) {
            out.printf(
                    "%nNot judged: %,d charges older than what the topics still have, %,d with keys of somebody else%n",
                    old, foreign);
        }
    }

    private static void stock(PrintStream out, JsonNode stock) {
        out.printf(
                "%nStock: %,d on hand + %,d reserved + %,d committed = %,d adjusted, on %,d shelves%n",
                stock.path("onHand").asLong(),
                stock.path("reserved").asLong(),
                stock.path("committed").asLong(),
                stock.path("adjusted").asLong(),
                stock.path("shelves").asLong());
        for (JsonNode shelf : stock.path("differing")) {
            out.printf(
                    "  %s/%s: %d on hand, %d reserved, %d committed, %d adjusted%n      %s%n      what to do: %s%n",
                    shelf.path("location").asText(),
                    shelf.path("productId").asText(),
                    shelf.path("onHand").asLong(),
                    shelf.path("reserved").asLong(),
                    shelf.path("committed").asLong(),
                    shelf.path("adjusted").asLong(),
                    shelf.path("what").asText(),
                    shelf.path("remedy").asText());
        }
    }
}
