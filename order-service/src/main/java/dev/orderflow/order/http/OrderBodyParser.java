package dev.orderflow.order.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.orderflow.order.saga.Currencies;
import dev.orderflow.order.saga.PlacedOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of one order, field by field, and goes on behind what is wrong to find everything at once. */
final class OrderBodyParser {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> FIELDS =
            List.of("orderId", "userId", "currency", "stockLocation", "items", "paymentMethodId", "locale");
    private static final List<String> ITEM_FIELDS = List.of("productId", "quantity", "price");
    private static final String NO_QUANTITY = "is missing: give 1 or more pieces";
    private static final String NO_PRICE = "is missing: give the price of one piece in minor units, 0 or more";

    private final JsonParser json;
    private final String defaultCurrency;
    private final FaultList faults = new FaultList();
    private final JsonFields fields;
    private final List<PlacedOrder.Item> items = new ArrayList<>();
    private final List<DecimalPrice> decimals = new ArrayList<>(0);
    private final Set<String> given = new HashSet<>();
    private @Nullable String orderId;
    private @Nullable String userId;
    private @Nullable String paymentMethodId;
    private @Nullable String locale;
    private @Nullable String currency;
    private @Nullable String stockLocation;

    /** A price with a decimal point; what to write instead depends on the currency, which may come later. */
    private record DecimalPrice(String field, String amount) {}

    private OrderBodyParser(JsonParser json, String defaultCurrency) {
        this.json = json;
        this.defaultCurrency = defaultCurrency;
        fields = new JsonFields(json, faults);
    }

    /**
     * Reads a body.
     *
     * @param defaultCurrency of an order that names none
     * @throws MalformedJsonException when it is not a JSON object
     */
    static OrderBody parse(byte[] body, String defaultCurrency) throws MalformedJsonException {
        try (JsonParser json = JSON.createParser(body)) {
            return new OrderBodyParser(json, defaultCurrency).parse();
        } catch (JsonProcessingException malformed) {
            throw MalformedJsonException.of(malformed);
        } catch (IOException notText) {
            throw MalformedJsonException.of("the body is not in UTF-8");
        }
    }

    private OrderBody parse() throws IOException, MalformedJsonException {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw MalformedJsonException.of("the body is empty: send an order as a JSON object");
        }
        if (first != JsonToken.START_OBJECT) {
            throw MalformedJsonException.of("the body is not a JSON object: send one order in {...}");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (FIELDS.contains(name) && !given.add(name)) {
                faults.add(name, fields.shown(), "is there twice: leave one of them out");
                json.skipChildren();
            } else {
                field(name);
            }
        }
        if (json.nextToken() != null) {
            throw MalformedJsonException.of("something follows behind the order: send one JSON object");
        }
        explainDecimals();
        return new OrderBody(orderId, userId, paymentMethodId, locale, currency, stockLocation, items, faults);
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "orderId" -> orderId = fields.text(name);
            case "userId" -> userId = fields.text(name);
            case "paymentMethodId" -> paymentMethodId = fields.text(name);
            case "locale" -> locale = fields.text(name);
            case "currency" -> currency = fields.text(name);
            case "stockLocation" -> stockLocation = fields.text(name);
            case "items" -> items();
            default -> fields.unknown(name, name, FIELDS);
        }
    }

    private void items() throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            faults.add("items", fields.shown(), "must be an array: write [{\"productId\", \"quantity\", \"price\"}]");
            json.skipChildren();
            return;
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                item("items[" + i + "]");
            } else {
                faults.add("items[" + i + "]", fields.shown(), "must be an object with productId, quantity and price");
                json.skipChildren();
                // The place in the list is kept, so that the faults of other items name the right ones.
                items.add(new PlacedOrder.Item(null, 1, 0));
            }
        }
    }

    private void item(String path) throws IOException {
        String productId = null;
        OptionalLong quantity = OptionalLong.empty();
        OptionalLong price = OptionalLong.empty();
        int seen = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            String field = path + "." + name;
            int known = ITEM_FIELDS.indexOf(name);
            if (known >= 0 && (seen & 1 << known) != 0) {
                faults.add(field, fields.shown(), "is there twice: leave one of them out");
                json.skipChildren();
                continue;
            }
            seen |= known >= 0 ? 1 << known : 0;
            switch (known) {
                case 0 -> productId = fields.text(field);
                case 1 -> quantity = fields.whole(field, NO_QUANTITY);
                case 2 -> price = price(field);
                default -> fields.unknown(field, name, ITEM_FIELDS);
            }
        }
        if ((seen & 2) == 0) {
            faults.add(path + ".quantity", null, NO_QUANTITY);
        }
        if ((seen & 4) == 0) {
            faults.add(path + ".price", null, NO_PRICE);
        }
        items.add(new PlacedOrder.Item(productId, quantity.orElse(1), price.orElse(0)));
    }

    private OptionalLong price(String field) throws IOException {
        boolean decimal = json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
                || (json.currentToken() == JsonToken.VALUE_STRING && MinorUnits.isDecimal(json.getText()));
        if (!decimal) {
            return fields.whole(field, NO_PRICE);
        }
        decimals.add(new DecimalPrice(field, json.getText()));
        return OptionalLong.empty();
    }

    private void explainDecimals() {
        String code = currency == null ? defaultCurrency : currency;
        int digits = Currencies.digits(code).orElse(2);
        for (DecimalPrice price : decimals) {
            faults.add(price.field(), price.amount(), MinorUnits.remedy(price.amount(), code, digits));
        }
    }
}
