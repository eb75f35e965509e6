package dev.orderflow.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow payments}: what payment asks of its provider, and the switch that stops it. */
@Command(
        name = "payments",
        description = "Shows the calls to the payment provider that are not over; pauses and resumes them.",
        footer = {
            "",
            "While paused no call leaves: orders wait, and their payment deadlines",
            "with them. It survives a restart."
        })
public final class PaymentsCommand implements Callable<Integer> {

    /** What to do. */
    enum Action {
        list,
        pause,
        resume
    }

    @Mixin
    private Address address = new Address();

    @Parameters(paramLabel = "ACTION", arity = "0..1", description = "${COMPLETION-CANDIDATES}; list if none is given.")
    private Action action = Action.list;

    @Parameters(index = "1", paramLabel = "REASON", arity = "0..1", description = "Why it is paused.")
    private String reason = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "List at most so many calls (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Override
    public Integer call() {
        Api api = address.api();
        return switch (action) {
            case list -> list(api);
            case pause ->
                switched(api.post(
                        "/payments/provider/pause",
                        reason.isEmpty()
                                ? "{}"
                                : JsonNodeFactory.instance
                                        .objectNode()
                                        .put("reason", reason)
                                        .toString()));
            case resume -> switched(api.post("/payments/provider/resume", ""));
        };
    }

    private static int switched(Api.Answer answer) {
        if (answer.status() != 200) {
            System.err.println(answer.problem());
            return 1;
        }
        print(answer.body());
        return 0;
    }

    private int list(Api api) {
        int failed = switched(api.get("/payments/provider"));
        if (failed != 0) {
            return failed;
        }
        Api.Answer queue = api.get("/payments/queue?limit=" + limit);
        if (queue.status() != 200) {
            System.err.println(queue.problem());
            return 1;
        }
        System.out.printf("%-48s %-26s %6s   %s%n", "call", "since", "tries", "not before");
        for (JsonNode call : queue.body().path("calls")) {
            System.out.printf(
                    "%-48s %-26s %6d   %s%n",
                    call.path("key").asText(),
                    call.path("since").asText(),
                    call.path("tries").asInt(),
                    call.path("notBefore").asText());
        }
        if (queue.body().path("hasMore").asBoolean()) {
            System.out.println("... and more: see --limit");
        }
        return 0;
    }

    private static void print(JsonNode provider) {
        boolean paused = provider.path("paused").asBoolean();
        String why = provider.path("reason").isNull()
                ? ""
                : ": " + provider.path("reason").asText();
        int rate = provider.path("rate").asInt();
        System.out.printf(
                "%s %s; at most %,d calls at once%s%n",
                provider.path("provider").asText(),
                paused ? "is paused since " + provider.path("changedAt").asText() + why : "takes calls",
                provider.path("callsAtOnce").asInt(),
                rate == 0 ? "" : ", %,d a second".formatted(rate));
    }
}
