package dev.orderflow.order.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.orderflow.events.Fault;
import dev.orderflow.events.OrderView;
import dev.orderflow.events.PricedLine;
import dev.orderflow.events.Shortage;
import dev.orderflow.events.TimelineEntry;
import dev.orderflow.events.Totals;
import dev.orderflow.order.saga.CompletedSteps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Orders as JSON. */
final class OrderJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long UNKNOWN = -1;
    private static final int TYPICAL_BYTES = 2048;
    private static final int SHOWN_OF_TOKEN = 4;

    private OrderJson() {}

    /** What a piece of JSON consists of. */
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** The whole order. */
    static byte[] order(OrderView view, Instant now) {
        return object(json -> {
            order(json, view, now);
            timeline(json, view);
        });
    }

    /** The order without its timeline, for lists. */
    static byte[] summary(OrderView view, Instant now) {
        return object(json -> order(json, view, now));
    }

    /** Where the order is and what became of it. */
    static byte[] outline(OrderView view) {
        return object(json -> {
            json.writeStringField("orderId", view.getOrderId());
            json.writeStringField("status", lower(view.getStatus()));
            json.writeStringField("outcome", lower(view.getOutcome()));
            json.writeStringField("reason", lower(view.getReason()));
            json.writeStringField("paymentUrl", view.getPaymentUrl());
        });
    }

    /** Every event of the order, with the evidence for it. */
    static byte[] timeline(OrderView view) {
        return object(json -> {
            json.writeStringField("orderId", view.getOrderId());
            timeline(json, view);
        });
    }

    /** An order that was taken, and of which nothing else is known yet. */
    static byte[] placed(String orderId) {
        return object(json -> {
            json.writeStringField("orderId", orderId);
            json.writeStringField("status", "placed");
            json.writeNullField("outcome");
        });
    }

    /**
     * One page of orders.
     *
     * @param orders each in the form of {@link #summary}
     * @param nextCursor null on the last page
     */
    static byte[] page(List<String> orders, @Nullable String nextCursor) {
        return object(json -> {
            json.writeFieldName("orders");
            json.writeRawValue("[" + String.join(",", orders) + "]");
            json.writeStringField("nextCursor", nextCursor);
        });
    }

    private static byte[] object(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void order(JsonGenerator json, OrderView view, Instant now) throws IOException {
        json.writeStringField("orderId", view.getOrderId());
        json.writeStringField("status", lower(view.getStatus()));
        json.writeStringField("outcome", lower(view.getOutcome()));
        json.writeStringField("reason", lower(view.getReason()));
        json.writeStringField("detail", view.getDetail());
        json.writeStringField("userId", view.getCustomer().getUserId());
        json.writeStringField("paymentMethodId", masked(view.getCustomer().getPaymentMethodId()));
        json.writeStringField("stockLocation", view.getStockLocation());
        lines(json, view.getLines());
        totals(json, view.getTotals());
        json.writeArrayFieldStart("completedSteps");
        for (String step : CompletedSteps.of(
                view.getTimeline().stream().map(TimelineEntry::getStep).toList())) {
            json.writeString(step);
        }
        json.writeEndArray();
        json.writeStringField("createdAt", view.getCreatedAt().toString());
        json.writeStringField("updatedAt", view.getUpdatedAt().toString());
        json.writeStringField("confirmedAt", text(view.getConfirmedAt()));
        json.writeStringField("completedAt", text(view.getCompletedAt()));
        json.writeStringField("chargeId", view.getChargeId());
        json.writeStringField("refundId", view.getRefundId());
        json.writeStringField("paymentUrl", view.getPaymentUrl());
        dispatch(json, view, now);
        faults(json, view.getFaults());
        shortages(json, view.getShortages());
    }

    private static void lines(JsonGenerator json, List<PricedLine> lines) throws IOException {
        json.writeArrayFieldStart("lines");
        for (PricedLine line : lines) {
            json.writeStartObject();
            json.writeStringField("productId", line.getProductId());
            json.writeNumberField("quantity", line.getQuantity());
            json.writeNumberField("unitPrice", line.getUnitPrice());
            json.writeNumberField("lineTotal", line.getLineTotal());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void totals(JsonGenerator json, @Nullable Totals totals) throws IOException {
        if (totals == null) {
            json.writeNullField("totals");
            return;
        }
        json.writeObjectFieldStart("totals");
        json.writeStringField("currency", totals.getCurrency());
        json.writeNumberField("digits", totals.getDigits());
        json.writeNumberField("subtotal", totals.getSubtotal());
        json.writeNumberField("taxBasisPoints", totals.getTaxBasisPoints());
        json.writeNumberField("tax", totals.getTax());
        json.writeNumberField("total", totals.getTotal());
        json.writeEndObject();
    }

    private static void dispatch(JsonGenerator json, OrderView view, Instant now) throws IOException {
        if (view.getConfirmedAt() == null || view.getDispatchDueAt() == null) {
            json.writeNullField("dispatch");
            return;
        }
        json.writeObjectFieldStart("dispatch");
        json.writeNumberField(
                "progress",
                view.getCompletedAt() != null
                        ? DispatchProgress.STEPS
                        : DispatchProgress.at(now, view.getConfirmedAt(), view.getDispatchDueAt()));
        json.writeNumberField("of", DispatchProgress.STEPS);
        json.writeStringField("dueAt", view.getDispatchDueAt().toString());
        json.writeEndObject();
    }

    private static void faults(JsonGenerator json, List<Fault> faults) throws IOException {
        if (faults.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("faults");
        for (Fault fault : faults) {
            json.writeStartObject();
            json.writeStringField("field", fault.getField());
            json.writeStringField("value", fault.getValue());
            json.writeStringField("message", fault.getMessage());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void shortages(JsonGenerator json, List<Shortage> shortages) throws IOException {
        if (shortages.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("shortages");
        for (Shortage shortage : shortages) {
            json.writeStartObject();
            json.writeStringField("productId", shortage.getProductId());
            json.writeNumberField("requested", shortage.getRequested());
            json.writeNumberField("available", shortage.getAvailable());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void timeline(JsonGenerator json, OrderView view) throws IOException {
        json.writeArrayFieldStart("timeline");
        for (TimelineEntry entry : view.getTimeline()) {
            json.writeStartObject();
            json.writeNumberField("sequence", entry.getSequence());
            json.writeStringField("step", entry.getStep());
            json.writeStringField("time", entry.getAt().toString());
            json.writeNumberField("attempts", entry.getAttempt());
            json.writeStringField("idempotencyKey", entry.getIdempotencyKey());
            json.writeStringField("detail", entry.getDetail());
            json.writeStringField("topic", entry.getTopic());
            number(json, "partition", entry.getTopic() == null ? UNKNOWN : entry.getPartition());
            number(json, "offset", entry.getOffset());
            json.writeStringField("eventId", entry.getEventId());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String field, long value) throws IOException {
        if (value == UNKNOWN) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }

    private static @Nullable String lower(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** A token of a payment method lets nobody pay, but it is nobody's business either: its end tells cards apart. */
    private static @Nullable String masked(@Nullable String token) {
        if (token == null) {
            return null;
        }
        return token.length() < 2 * SHOWN_OF_TOKEN ? "****" : "****" + token.substring(token.length() - SHOWN_OF_TOKEN);
    }
}
