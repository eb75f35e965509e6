package dev.orderflow.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What examples/orders.ndjson must lead to, added up from its text alone. */
final class ExampleFile {

    static final Path PATH = Stack.HOME.resolve("examples/orders.ndjson");

    final Map<String, Long> revenue = new TreeMap<>();
    final Map<String, Long> orders = new TreeMap<>();
    final Map<String, Long> soldByProduct = new HashMap<>();
    final Map<String, Integer> linesByOutcome = new TreeMap<>();
    final Set<String> confirmed = new HashSet<>();

    ExampleFile() {
        ObjectMapper json = new ObjectMapper();
        try {
            for (String line : Files.readAllLines(PATH)) {
                add(json.readTree(line));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void add(JsonNode order) {
        String expect = order.get("expect").asText();
        linesByOutcome.merge(expect, 1, Integer::sum);
        if (!expect.equals("confirmed") || !confirmed.add(order.get("orderId").asText())) {
            return;
        }
        long subtotal = 0;
        for (JsonNode item : order.get("items")) {
            long quantity = item.get("quantity").asLong();
            subtotal += quantity * item.get("price").asLong();
            String product = order.get("stockLocation").asText() + "/"
                    + item.get("productId").asText();
            soldByProduct.merge(product, quantity, Long::sum);
        }
        BigDecimal tax =
                new BigDecimal(subtotal).multiply(new BigDecimal("0.08")).setScale(0, RoundingMode.HALF_UP);
        String currency = order.get("currency").asText();
        revenue.merge(currency, subtotal + tax.longValueExact(), Long::sum);
        orders.merge(currency, 1L, Long::sum);
    }
}
