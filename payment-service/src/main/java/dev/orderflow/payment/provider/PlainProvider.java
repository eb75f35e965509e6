package dev.orderflow.payment.provider;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.TerminalException;
import dev.orderflow.payment.payment.Amount;
import dev.orderflow.payment.payment.ChargeAnswer;
import dev.orderflow.payment.payment.Found.Standing;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider with the plain API: {@code POST /charge} with an {@code Idempotency-Key}, {@code POST /refund}, {@code GET
 * /charges/{key}}, {@code GET /charges}. Safe for use by several threads.
 */
public final class PlainProvider implements PaymentProvider {

    private static final byte[] NO_BODY = new byte[0];

    private final String name;
    private final HttpOrigin origin;
    private final Duration timeout;
    private final InstantSource clock;
    private final HttpConnections connections;

    /**
     * @param name in settings and in the paths of its notifications
     * @param timeout of one call, from its start to the last byte of its answer; nothing is sent after it
     * @param clock for a {@code Retry-After} that names a date
     */
    public PlainProvider(String name, HttpOrigin origin, Duration timeout, InstantSource clock) {
        this.name = name;
        this.origin = origin;
        this.timeout = timeout;
        this.clock = clock;
        this.connections = new HttpConnections(origin);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ChargeAnswer charge(ChargeRequest request) {
        Amount amount = request.bill().amount();
        byte[] body = PlainJson.object(
                "orderId", request.orderId(),
                "userId", request.bill().userId(),
                "amount", amount.minor(),
                "currency", amount.currency(),
                "paymentMethodId", request.bill().paymentMethodId());
        String what = "charge " + request.idempotencyKey();
        HttpAnswer answer = call(what, "POST", "/charge", Map.of("Idempotency-Key", request.idempotencyKey()), body);
        return switch (answer.status()) {
            case 200, 201, 202 -> verdict(what, answer);
            case 402 -> new ChargeAnswer.Declined(reason(answer));
            case 400, 409, 422 -> throw refused(what, answer);
            default -> throw unknown(what, answer);
        };
    }

    private ChargeAnswer verdict(String what, HttpAnswer answer) {
        Map<String, String> members = members(what, answer);
        String status = members.getOrDefault("status", answer.status() == 202 ? "pending" : "succeeded");
        String chargeId = members.get("chargeId");
        return switch (status) {
            case "succeeded" -> {
                if (chargeId == null) {
                    throw unknown(what, answer);
                }
                yield new ChargeAnswer.Captured(chargeId);
            }
            case "pending" -> new ChargeAnswer.Pending(members.get("paymentUrl"), instant(members.get("expiresAt")));
            case "declined" -> new ChargeAnswer.Declined(members.getOrDefault("error", "declined"));
            default -> throw unknown(what, answer);
        };
    }

    @Override
    public String refund(RefundRequest request) {
        String chargeId = request.capture().chargeId();
        String what = "refund of " + chargeId + " (order " + request.orderId() + ")";
        HttpAnswer answer = call(
                what,
                "POST",
                "/refund",
                Map.of("Idempotency-Key", request.idempotencyKey()),
                PlainJson.object("chargeId", chargeId));
        return switch (answer.status()) {
            case 200, 201 -> {
                String refundId = members(what, answer).get("refundId");
                yield refundId == null ? "refund:" + chargeId : refundId;
            }
            case 400, 402, 404, 409, 422 -> throw refused(what, answer);
            default -> throw unknown(what, answer);
        };
    }

    @Override
    public ChargeAnswer confirm(ConfirmRequest request) {
        throw new TerminalException(
                "This provider charges at once: there is nothing to confirm of " + request.chargeId());
    }

    @Override
    public Optional<SeenCharge> lookUp(LookUpRequest request) {
        String key = request.idempotencyKey();
        Optional<SeenCharge> seen = lookUp(key);
        if (!request.close() || seen.isEmpty() || seen.get().standing() != Standing.PENDING) {
            return seen;
        }
        String what = "cancel of " + key;
        HttpAnswer answer = call(what, "POST", "/charges/" + encoded(key) + "/cancel", Map.of(), NO_BODY);
        return switch (answer.status()) {
            case 200 -> Optional.of(seen(what, members(what, answer), key));
            // A provider that has no such call: it stays open until the customer decides, or it runs out.
            case 404, 405, 501 -> seen;
            default -> throw unknown(what, answer);
        };
    }

    private Optional<SeenCharge> lookUp(String idempotencyKey) {
        String what = "look-up of " + idempotencyKey;
        HttpAnswer answer = call(what, "GET", "/charges/" + encoded(idempotencyKey), Map.of(), NO_BODY);
        return switch (answer.status()) {
            case 200 -> Optional.of(seen(what, members(what, answer), idempotencyKey));
            case 404 -> {
                // A 404 of something that is not the provider must not be taken for "never charged".
                if (!members(what, answer).containsKey("error")) {
                    throw unknown(what, answer);
                }
                yield Optional.empty();
            }
            default -> throw unknown(what, answer);
        };
    }

    @Override
    public ChargePage list(String after, int limit) {
        String what = "list of charges";
        String path = "/charges?limit=" + limit + (after.isEmpty() ? "" : "&after=" + encoded(after));
        HttpAnswer answer = call(what, "GET", path, Map.of(), NO_BODY);
        if (answer.status() != 200) {
            throw unknown(what, answer);
        }
        try {
            PlainJson.Page page = PlainJson.page(answer.body());
            List<SeenCharge> charges = new ArrayList<>();
            for (Map<String, String> members : page.data()) {
                charges.add(seen(what, members, members.getOrDefault("key", "")));
            }
            return new ChargePage(
                    charges,
                    page.members().getOrDefault("next", ""),
                    Boolean.parseBoolean(page.members().get("hasMore")));
        } catch (IOException notUnderstood) {
            throw unknown(what, answer);
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private HttpAnswer call(String what, String method, String path, Map<String, String> headers, byte[] body) {
        try {
            return connections.exchange(method, path, headers, body, timeout);
        } catch (IOException failure) {
            throw new RetriableException("no answer: the " + what + " at " + origin + ": " + text(failure), failure);
        }
    }

    private SeenCharge seen(String what, Map<String, String> members, String key) {
        Standing standing =
                switch (members.getOrDefault("status", "")) {
                    case "succeeded" ->
                        Boolean.parseBoolean(members.get("refunded")) ? Standing.REFUNDED : Standing.CAPTURED;
                    case "refunded" -> Standing.REFUNDED;
                    case "declined", "failed", "canceled" -> Standing.DECLINED;
                    case "pending" -> Standing.PENDING;
                    default ->
                        throw new RetriableException(
                                "unknown status: the " + what + " at " + origin + ": it is " + members.get("status"));
                };
        return new SeenCharge(key, standing, members.get("chargeId"), amount(members));
    }

    private static @Nullable Amount amount(Map<String, String> members) {
        String minor = members.get("amount");
        try {
            return minor == null
                    ? null
                    : new Amount(Long.parseLong(minor), members.getOrDefault("currency", Amount.NO_CURRENCY));
        } catch (IllegalArgumentException noAmount) {
            return null;
        }
    }

    private Map<String, String> members(String what, HttpAnswer answer) {
        try {
            return PlainJson.members(answer.body());
        } catch (IOException noJson) {
            throw unknown(what, answer);
        }
    }

    private static String reason(HttpAnswer answer) {
        try {
            return PlainJson.members(answer.body()).getOrDefault("error", "declined");
        } catch (IOException noJson) {
            return "declined";
        }
    }

    private TerminalException refused(String what, HttpAnswer answer) {
        return new TerminalException(
                "refused with " + answer.status() + ": the " + what + " at " + origin + ": " + answer.excerpt());
    }

    private RetriableException unknown(String what, HttpAnswer answer) {
        String remedy = answer.status() >= 300 && answer.status() < 500 && answer.status() != 429
                ? " (is payment.url the base URL of its API?)"
                : "";
        return new RetriableException(
                "answered " + answer.status() + ": the " + what + " at " + origin + ": " + answer.excerpt() + remedy,
                null,
                RetryAfter.parse(answer.header("Retry-After").orElse(null), clock.instant()));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException notUnderstood) {
            return null;
        }
    }

    private static String text(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
