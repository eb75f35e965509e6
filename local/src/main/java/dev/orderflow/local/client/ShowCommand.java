package dev.orderflow.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow show ID}: an order with its timeline. */
@Command(name = "show", description = "Shows an order: where it is, what it costs, and every event behind it.")
public final class ShowCommand implements Callable<Integer> {

    @Mixin
    private Address address = new Address();

    @Parameters(paramLabel = "ID", description = "The id of an order.")
    private String id = "";

    @Option(names = "--json", description = "Prints the answer as it is.")
    private boolean json;

    @Override
    public Integer call() {
        String path = "/orders/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        Api.Answer answer = address.api().get(path);
        if (answer.status() != 200) {
            System.err.println(answer.problem());
            return 1;
        }
        if (json) {
            System.out.println(answer.body().toPrettyString());
        } else {
            print(
                    System.out,
                    answer,
                    address.api().get(path + "/timeline").body().path("timeline"));
        }
        return 0;
    }

    static void print(PrintStream out, Api.Answer order, JsonNode timeline) {
        String outcome = order.text("outcome");
        String reason = order.text("reason");
        out.printf(
                "%s  %s%s%s%n",
                order.text("orderId"),
                order.text("status"),
                outcome.isEmpty() || outcome.equals(order.text("status")) ? "" : ", " + outcome,
                reason.isEmpty() ? "" : " (" + reason + ")");
        JsonNode totals = order.body().path("totals");
        int digits = totals.path("digits").asInt();
        String currency = totals.path("currency").asText();
        for (JsonNode line : order.body().path("lines")) {
            out.printf(
                    "  %4d x %-32s %14s%n",
                    line.path("quantity").asInt(),
                    line.path("productId").asText(),
                    Amounts.format(line.path("lineTotal").asLong(), digits));
        }
        if (totals.isObject()) {
            out.printf(
                    "  %-39s %14s%n", "tax", Amounts.format(totals.path("tax").asLong(), digits));
            out.printf(
                    "  %-39s %14s %s%n",
                    "total", Amounts.format(totals.path("total").asLong(), digits), currency);
        }
        for (JsonNode fault : order.body().path("faults")) {
            out.printf(
                    "  %s: %s%n",
                    fault.path("field").asText(), fault.path("message").asText());
        }
        out.println();
        for (JsonNode event : timeline) {
            String evidence = event.path("topic").isTextual()
                    ? event.path("topic").asText() + "-"
                            + event.path("partition").asText() + " @"
                            + (event.path("offset").isNull() ? event.path("eventId") : event.path("offset")).asText()
                    : "";
            out.printf(
                    "  %-26s %-24s %-34s %s%n",
                    event.path("time").asText(),
                    event.path("step").asText(),
                    evidence,
                    event.path("detail").isTextual() ? event.path("detail").asText() : "");
        }
    }
}
