package dev.orderflow.payment.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.orderflow.payment.book.BookReport;
import dev.orderflow.payment.book.StockReport;
import dev.orderflow.payment.book.Totals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the audit found, as JSON. */
final class AuditJson {

    private static final JsonFactory JSON = new JsonFactory();

    private AuditJson() {}

    static byte[] of(Audit.Finding finding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2_000);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(json, finding);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Audit.Finding finding) throws IOException {
        Books.State state = finding.state();
        BookReport money = state.money();
        boolean agrees =
                money.differing().isEmpty() && state.stock().differing().isEmpty();
        json.writeStartObject();
        json.writeBooleanField("agrees", agrees);
        json.writeStringField("at", finding.at().toString());
        source(json, "topics", "", state.logReadAt(), finding.logTrouble());
        source(json, "provider", finding.provider(), state.listReadAt(), finding.listTrouble());
        json.writeArrayFieldStart("currencies");
        for (Map.Entry<String, BookReport.Currency> entry : new TreeMap<>(money.currencies()).entrySet()) {
            currency(json, entry.getKey(), entry.getValue());
        }
        json.writeEndArray();
        inFlight(json, money, finding.at());
        json.writeArrayFieldStart("differing");
        for (BookReport.Line line : money.differing()) {
            line(json, line, finding.at());
        }
        json.writeEndArray();
        json.writeObjectFieldStart("notJudged");
        json.writeNumberField("chargesOlderThanTheTopics", money.unjudged().orders());
        json.writeNumberField("chargesOfOthers", state.foreign());
        json.writeEndObject();
        stock(json, state.stock(), finding.at());
        json.writeEndObject();
    }

    private static void source(JsonGenerator json, String field, String name, Instant readAt, String trouble)
            throws IOException {
        json.writeObjectFieldStart(field);
        if (!name.isEmpty()) {
            json.writeStringField("name", name);
        }
        if (readAt.equals(Instant.EPOCH)) {
            json.writeNullField("readAt");
        } else {
            json.writeStringField("readAt", readAt.toString());
        }
        if (!trouble.isEmpty()) {
            json.writeStringField("trouble", trouble);
        }
        json.writeEndObject();
    }

    private static void currency(JsonGenerator json, String code, BookReport.Currency currency) throws IOException {
        json.writeStartObject();
        json.writeStringField("currency", code);
        json.writeNumberField("digits", digits(code));
        totals(json, currency.all());
        for (Map.Entry<String, Totals> part : Map.of(
                        "settled", currency.settled(),
                        "inFlight", currency.inFlight(),
                        "differing", currency.differing())
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Totals>comparingByKey().reversed())
                .toList()) {
            json.writeObjectFieldStart(part.getKey());
            totals(json, part.getValue());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void totals(JsonGenerator json, Totals totals) throws IOException {
        json.writeNumberField("orders", totals.orders());
        json.writeNumberField("captured", totals.captured());
        json.writeNumberField("refunded", totals.refunded());
        json.writeNumberField("confirmed", totals.value());
        json.writeNumberField("difference", totals.difference());
    }

    private static void inFlight(JsonGenerator json, BookReport money, Instant now) throws IOException {
        json.writeObjectFieldStart("inFlight");
        json.writeNumberField(
                "orders",
                money.currencies().values().stream()
                        .mapToLong(currency -> currency.inFlight().orders())
                        .sum());
        json.writeNumberField("late", money.late());
        Instant since = money.inFlightSince();
        json.writeNumberField(
                "oldestSeconds",
                since == null ? 0 : Duration.between(since, now).toSeconds());
        json.writeArrayFieldStart("oldest");
        for (BookReport.Line line : money.inFlight()) {
            line(json, line, now);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void line(JsonGenerator json, BookReport.Line line, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("orderId", line.orderId());
        json.writeStringField("kind", line.kind().toLowerCase(Locale.ROOT));
        json.writeStringField("stage", line.stage().name().toLowerCase(Locale.ROOT));
        json.writeStringField("what", line.what());
        json.writeStringField("remedy", line.remedy());
        json.writeStringField("currency", line.currency());
        json.writeNumberField("digits", digits(line.currency()));
        json.writeNumberField("kept", line.kept());
        json.writeNumberField("confirmed", line.value());
        json.writeArrayFieldStart("charges");
        for (String charge : line.charges()) {
            json.writeString(charge);
        }
        json.writeEndArray();
        json.writeNumberField("ageSeconds", Duration.between(line.since(), now).toSeconds());
        json.writeEndObject();
    }

    private static void stock(JsonGenerator json, StockReport stock, Instant now) throws IOException {
        json.writeObjectFieldStart("stock");
        json.writeNumberField("shelves", stock.products());
        json.writeNumberField("onHand", stock.onHand());
        json.writeNumberField("reserved", stock.reserved());
        json.writeNumberField("committed", stock.committed());
        json.writeNumberField("adjusted", stock.adjusted());
        json.writeBooleanField("adjustmentsComplete", stock.complete());
        json.writeArrayFieldStart("differing");
        for (StockReport.Shelf shelf : stock.differing()) {
            json.writeStartObject();
            json.writeStringField("location", shelf.location());
            json.writeStringField("productId", shelf.productId());
            json.writeStringField("what", shelf.what());
            json.writeStringField("remedy", shelf.remedy());
            json.writeNumberField("onHand", shelf.onHand());
            json.writeNumberField("reserved", shelf.reserved());
            json.writeNumberField("committed", shelf.committed());
            json.writeNumberField("adjusted", shelf.adjusted());
            json.writeNumberField(
                    "ageSeconds", Duration.between(shelf.since(), now).toSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknown) {
            return 0;
        }
    }
}
