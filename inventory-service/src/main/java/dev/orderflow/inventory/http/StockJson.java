package dev.orderflow.inventory.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.orderflow.events.StockView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stock as JSON. */
final class StockJson {

    private static final JsonFactory JSON = new JsonFactory();

    private StockJson() {}

    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] accepted(int count) {
        return write(json -> {
            json.writeStartObject();
            json.writeNumberField("accepted", count);
            json.writeEndObject();
        });
    }

    static byte[] one(StockView view) {
        return write(json -> stock(json, view));
    }

    /** @param next where the list goes on; null at its end */
    static byte[] list(List<StockView> views, @Nullable String next) {
        return write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("stock");
            for (StockView view : views) {
                stock(json, view);
            }
            json.writeEndArray();
            if (next != null) {
                json.writeStringField("next", next);
            }
            json.writeEndObject();
        });
    }

    private static void stock(JsonGenerator json, StockView view) throws IOException {
        json.writeStartObject();
        json.writeStringField("location", view.getStockLocation());
        json.writeStringField("productId", view.getProductId());
        json.writeNumberField("onHand", view.getOnHand());
        json.writeNumberField("reserved", view.getReserved());
        json.writeNumberField("committed", view.getCommitted());
        // What is reserved is not counted as on hand, so all of that can be had.
        json.writeNumberField("available", view.getOnHand());
        json.writeStringField("updatedAt", view.getAt().toString());
        json.writeEndObject();
    }

    private static byte[] write(Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
