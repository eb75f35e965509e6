package dev.orderflow.payment.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of Stripe's API that are used, by its documentation: PaymentIntents with their states, refunds, and
 * idempotency keys that replay the first answer whatever it was, failures of the server among them.
 */
final class StripeLikeServer implements AutoCloseable {

    static final String KEY = "sk_test_right";

    /** Requests as {@code method path [idempotency key]}. */
    final List<String> requests = new ArrayList<>();

    final Map<String, ObjectNode> intents = new LinkedHashMap<>();
    /** When intents are created. */
    volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    /** Answers that come in place of the right ones, after the work is done or instead of it. */
    final List<Fault> faults = new ArrayList<>();

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Answer> replays = new HashMap<>();
    private final HttpServer server;

    record Answer(int status, String body) {}

    /**
     * What goes wrong at the next request to a path.
     *
     * @param done whether the work is done all the same
     * @param status of the answer; 0 for none at all
     */
    record Fault(String path, boolean done, int status) {}

    StripeLikeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> form = form(
                exchange.getRequestMethod().equals("POST")
                        ? body
                        : exchange.getRequestURI().getRawQuery());
        requests.add(exchange.getRequestMethod() + " " + path + (key == null ? "" : " " + key));
        Answer answer;
        if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer = error(401, "invalid_request_error", "", "Invalid API Key");
        } else if (key != null && replays.containsKey(key)) {
            answer = replays.get(key);
        } else {
            Fault fault = faults.stream()
                    .filter(next -> next.path().equals(path))
                    .findFirst()
                    .orElse(null);
            faults.remove(fault);
            answer = fault == null || fault.done() ? answer(exchange.getRequestMethod(), path, form) : null;
            if (fault != null && fault.status() != 0) {
                answer = error(fault.status(), "api_error", "", "An unknown error occurred");
            }
            if (key != null && answer != null && answer.status() != 429) {
                replays.put(key, answer);
            }
            if (fault != null && fault.status() == 0) {
                exchange.close();
                return;
            }
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (answer.status() == 429) {
            exchange.getResponseHeaders().add("Retry-After", "7");
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer answer(String method, String path, Map<String, String> form) {
        String[] parts = path.substring(1).split("/");
        return switch (method + " "
                + (parts.length > 2 && parts[2].startsWith("pi_")
                        ? "one " + String.join("/", List.of(parts).subList(3, parts.length))
                        : path)) {
            case "POST /v1/payment_intents" -> create(form);
            case "GET /v1/payment_intents/search" -> list(search(form.get("query")), false, "search_result");
            case "GET /v1/payment_intents" -> page(form);
            case "POST one confirm" -> confirm(parts[2]);
            case "POST one cancel" -> cancel(parts[2]);
            case "GET one " ->
                intents.containsKey(parts[2])
                        ? new Answer(200, intents.get(parts[2]).toString())
                        : error(404, "invalid_request_error", "resource_missing", "No such payment_intent");
            case "POST /v1/refunds" -> refund(form.get("payment_intent"));
            case "GET /v1/refunds" -> refunds(form.get("payment_intent"));
            default -> error(404, "invalid_request_error", "", "Unrecognized request URL " + path);
        };
    }

    private Answer create(Map<String, String> form) {
        if ("pm_unknown".equals(form.get("payment_method"))) {
            return error(400, "invalid_request_error", "resource_missing", "No such PaymentMethod");
        }
        String id = "pi_" + (intents.size() + 1);
        ObjectNode intent = json.createObjectNode()
                .put("id", id)
                .put("object", "payment_intent")
                .put("created", now.getEpochSecond())
                .put("amount", Long.parseLong(form.get("amount")))
                .put("currency", form.get("currency"))
                .put("status", "requires_confirmation")
                .put("payment_method", form.get("payment_method"));
        ObjectNode metadata = intent.putObject("metadata");
        form.forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                metadata.put(name.substring(9, name.length() - 1), value);
            }
        });
        intents.put(id, intent);
        return new Answer(200, intent.toString());
    }

    private Answer confirm(String id) {
        ObjectNode intent = intents.get(id);
        if (!intent.path("status").asText().equals("requires_confirmation")) {
            return unexpected(intent);
        }
        String method = intent.path("payment_method").asText();
        if (method.startsWith("pm_card_declined")) {
            intent.put("status", "requires_payment_method");
            ObjectNode failure = intent.putObject("last_payment_error");
            failure.put("type", "card_error").put("code", "card_declined").put("decline_code", "insufficient_funds");
            return error(402, "card_error", "card_declined", "Your card has insufficient funds.", "insufficient_funds");
        }
        if (method.startsWith("pm_redirect")) {
            intent.put("status", "requires_action");
            intent.putObject("next_action")
                    .put("type", "redirect_to_url")
                    .putObject("redirect_to_url")
                    .put("url", "https://hooks.stripe.com/redirect/" + id);
        } else if (method.startsWith("pm_slow")) {
            intent.put("status", "processing");
        } else {
            succeed(id);
        }
        return new Answer(200, intent.toString());
    }

    void succeed(String id) {
        ObjectNode intent = intents.get(id);
        intent.put("status", "succeeded");
        intent.putObject("latest_charge")
                .put("id", "ch_" + id)
                .put("object", "charge")
                .put("refunded", false);
    }

    private Answer cancel(String id) {
        ObjectNode intent = intents.get(id);
        return switch (intent.path("status").asText()) {
            case "requires_confirmation", "requires_action", "requires_payment_method" -> {
                intent.put("status", "canceled");
                yield new Answer(200, intent.toString());
            }
            default -> unexpected(intent);
        };
    }

    private Answer refund(String id) {
        ObjectNode charge = (ObjectNode) intents.get(id).get("latest_charge");
        if (charge == null) {
            return error(400, "invalid_request_error", "", "This PaymentIntent does not have a successful charge");
        }
        if (charge.path("refunded").asBoolean()) {
            return error(400, "invalid_request_error", "charge_already_refunded", "has already been refunded");
        }
        charge.put("refunded", true);
        return new Answer(200, refundOf(id).toString());
    }

    private ObjectNode refundOf(String id) {
        return json.createObjectNode()
                .put("id", "re_" + id)
                .put("object", "refund")
                .put("status", "succeeded");
    }

    private Answer refunds(String id) {
        boolean refunded =
                intents.get(id).path("latest_charge").path("refunded").asBoolean();
        return list(refunded ? List.of(refundOf(id)) : List.of(), false, "list");
    }

    private List<ObjectNode> search(String query) {
        return intents.values().stream()
                .filter(intent -> query.equals("metadata['orderflow_key']:'"
                        + intent.path("metadata").path("orderflow_key").asText() + "'"))
                .toList();
    }

    /** Newest first, and next to the intent that is named. */
    private Answer page(Map<String, String> form) {
        long until = Long.parseLong(form.getOrDefault("created[lte]", "" + Long.MAX_VALUE));
        List<ObjectNode> matching = new ArrayList<>(intents.values())
                .reversed().stream()
                        .filter(intent -> intent.path("created").asLong() <= until)
                        .toList();
        ObjectNode before = intents.get(form.get("ending_before"));
        ObjectNode after = intents.get(form.get("starting_after"));
        int limit = Integer.parseInt(form.getOrDefault("limit", "10"));
        int from = matching.indexOf(after) + 1;
        int to = before == null ? matching.size() : matching.indexOf(before);
        boolean more = to - from > limit;
        if (more && before == null) {
            to = from + limit;
        } else if (more) {
            from = to - limit;
        }
        return list(matching.subList(from, to), more, "list");
    }

    private Answer list(List<ObjectNode> all, boolean hasMore, String object) {
        ObjectNode list = json.createObjectNode().put("object", object).put("has_more", hasMore);
        ArrayNode data = list.putArray("data");
        all.forEach(data::add);
        return new Answer(200, list.toString());
    }

    private Answer unexpected(ObjectNode intent) {
        return error(
                400,
                "invalid_request_error",
                "payment_intent_unexpected_state",
                "This PaymentIntent has a status of " + intent.path("status").asText());
    }

    private Answer error(int status, String type, String code, String message) {
        return error(status, type, code, message, null);
    }

    private Answer error(int status, String type, String code, String message, String declineCode) {
        ObjectNode body = json.createObjectNode();
        ObjectNode error = body.putObject("error").put("type", type).put("message", message);
        if (!code.isEmpty()) {
            error.put("code", code);
        }
        if (declineCode != null) {
            error.put("decline_code", declineCode);
        }
        return new Answer(status, body.toString());
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            form.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }
}
