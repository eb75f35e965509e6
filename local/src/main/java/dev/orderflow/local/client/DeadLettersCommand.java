package dev.orderflow.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow dead-letters}: what services have set aside, and sends it to them again. */
@Command(
        name = "dead-letters",
        description = "Shows what services have set aside, newest first; shows one whole; sends some to their services"
                + " again. Exit status 1 where one was not sent.",
        footer = {
            "",
            "What is sent again is read by the service that has set it aside, and by",
            "nobody else. It is handled as if it were read for the first time: send it",
            "when the reason is gone."
        })
public final class DeadLettersCommand implements Callable<Integer> {

    private static final int AT_ONCE = 500;
    private static final int SHOWN_OF_REASON = 100;

    /** What to do. */
    enum Action {
        list,
        show,
        redrive
    }

    @Mixin
    private Address address = new Address();

    @Parameters(paramLabel = "ACTION", arity = "0..1", description = "${COMPLETION-CANDIDATES}; list if none is given.")
    private Action action = Action.list;

    @Parameters(
            index = "1..*",
            paramLabel = "ID",
            arity = "0..*",
            description = "Which, as they are listed: such as payment-0-17.")
    private List<String> ids = List.of();

    @Option(names = "--service", paramLabel = "NAME", description = "Only those of one service, such as notification.")
    private String service = "";

    @Option(names = "--limit", paramLabel = "N", description = "List at most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(
            names = "--all",
            description = "Redrive all that can be and were not yet, of the service that --service names.")
    private boolean all;

    @Option(
            names = "--again",
            description = "Redrive also what was sent again before; with --all that is everything that can be.")
    private boolean again;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever looks at it later.")
    private String reason = "";

    @Override
    public Integer call() {
        Api api = address.api();
        return switch (action) {
            case list -> list(api);
            case show -> show(api);
            case redrive -> redrive(api);
        };
    }

    private int list(Api api) {
        if (all || again || !reason.isEmpty()) {
            throw new CommandException("--all, --again and --reason are for: dead-letters redrive");
        }
        if (!ids.isEmpty()) {
            throw new CommandException("To see " + ids.getFirst() + ", write: dead-letters show " + ids.getFirst());
        }
        Api.Answer answer = page(api, Math.min(limit, AT_ONCE), "");
        if (answer.body().path("deadLetters").isEmpty()) {
            System.out.println("Nothing is set aside" + (service.isEmpty() ? "." : " by " + service + "."));
            return 0;
        }
        int shown = 0;
        while (true) {
            for (JsonNode letter : answer.body().path("deadLetters")) {
                print(letter);
                shown++;
            }
            String next = answer.text("nextCursor");
            if (next.isEmpty() || shown >= limit) {
                System.out.print(next.isEmpty() ? "" : "... and older ones: see --limit%n".formatted());
                return 0;
            }
            answer = page(api, Math.min(limit - shown, AT_ONCE), next);
        }
    }

    private Api.Answer page(Api api, int most, String cursor) {
        String path = "/dead-letters?limit=" + most
                + (service.isEmpty() ? "" : "&service=" + encode(service))
                + (cursor.isEmpty() ? "" : "&cursor=" + encode(cursor));
        return answered(api.get(path));
    }

    private static Api.Answer answered(Api.Answer answer) {
        if (answer.status() != 200) {
            throw new CommandException(answer.problem());
        }
        return answer;
    }

    private static void print(JsonNode letter) {
        String text = letter.path("reason").asText().lines().findFirst().orElse("");
        System.out.printf(
                "%-24s %s  %s of %s%s%s%n    %s%n",
                letter.path("id").asText(),
                letter.path("time").asText(),
                letter.path("key").asText("(no key)"),
                letter.path("topic").asText(),
                letter.path("sentAgainAt").isNull()
                        ? ""
                        : ", sent again " + letter.path("sentAgainAt").asText(),
                letter.path("redrivable").asBoolean() ? "" : ", cannot be sent again",
                text.length() > SHOWN_OF_REASON ? text.substring(0, SHOWN_OF_REASON) + "..." : text);
    }

    private int show(Api api) {
        if (ids.isEmpty()) {
            throw new CommandException("Say which: dead-letters show ID, with an ID from: dead-letters list");
        }
        for (String id : ids) {
            JsonNode letter = answered(api.get("/dead-letters/" + encode(id))).body();
            System.out.printf("%s%n", letter.path("id").asText());
            line("set aside", letter.path("time"));
            line("because", letter.path("reason"));
            System.out.printf(
                    "  %-11s %s, partition %d, offset %d%n",
                    "from",
                    letter.path("topic").asText(),
                    letter.path("partition").asInt(),
                    letter.path("offset").asLong());
            line("key", letter.path("key"));
            line("sent again", letter.path("sentAgainAt"));
            for (Map.Entry<String, JsonNode> header : letter.path("headers").properties()) {
                if (!header.getKey().startsWith("dl_") || header.getKey().startsWith("dl_redrive_")) {
                    line(header.getKey(), header.getValue());
                }
            }
            boolean readable = !letter.path("value").isNull();
            System.out.printf(
                    "  %s%n%s%n",
                    readable ? "value" : "value (cannot be read; in Base64)",
                    readable
                            ? letter.path("value").toPrettyString()
                            : letter.path("valueBase64").asText("none"));
        }
        return 0;
    }

    private static void line(String name, JsonNode value) {
        if (!value.isNull()) {
            System.out.printf("  %-11s %s%n", name, value.asText());
        }
    }

    private int redrive(Api api) {
        if (all == !ids.isEmpty() || all == service.isEmpty()) {
            throw new CommandException(
                    "Say which: dead-letters redrive ID..., or dead-letters redrive --all --service NAME");
        }
        List<String> wanted = all ? redrivable(api) : ids;
        if (wanted.isEmpty()) {
            System.out.println(
                    "There is nothing that can be sent again and was not: see dead-letters list --service " + service);
            return 0;
        }
        int sent = 0;
        int refused = 0;
        for (int from = 0; from < wanted.size(); from += AT_ONCE) {
            List<String> now = wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE));
            for (JsonNode result : answered(api.post("/dead-letters/redrive", body(now)))
                    .body()
                    .path("results")) {
                if (result.path("sent").asBoolean()) {
                    sent++;
                } else {
                    refused++;
                    System.err.printf(
                            "%s: %s%n",
                            result.path("id").asText(), result.path("why").asText());
                }
            }
            if (all) {
                System.err.printf("%,d of %,d%n", from + now.size(), wanted.size());
            }
        }
        System.out.printf("%,d sent again%s%n", sent, refused == 0 ? "" : ", %,d not".formatted(refused));
        return refused == 0 ? 0 : 1;
    }

    /** The oldest first, as they came. */
    private List<String> redrivable(Api api) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            Api.Answer answer = page(api, AT_ONCE, cursor);
            for (JsonNode letter : answer.body().path("deadLetters")) {
                if (letter.path("redrivable").asBoolean()
                        && (again || letter.path("sentAgainAt").isNull())) {
                    found.add(letter.path("id").asText());
                }
            }
            cursor = answer.text("nextCursor");
        } while (!cursor.isEmpty());
        return found.reversed();
    }

    private String body(List<String> some) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode array = body.putArray("ids");
        some.forEach(array::add);
        if (!reason.isEmpty()) {
            body.put("reason", reason);
        }
        return body.put("again", again).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
