package dev.orderflow.local.chaos;

import dev.orderflow.local.client.Api;
import dev.orderflow.local.client.CommandException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** What the orders of {@link ChaosOrder} buy. */
final class ChaosStock {

    private static final long MANY = 10_000_000;
    private static final long FEW = 150;

    private ChaosStock() {}

    /** Puts it on the shelves, and returns the pieces by product. */
    static Map<String, Long> put(URI address) {
        Map<String, Long> adjusted = new TreeMap<>();
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < ChaosOrder.PRODUCTS; i++) {
            long pieces = i < ChaosOrder.SCARCE_FROM ? MANY : FEW;
            adjusted.put(ChaosOrder.product(i), pieces);
            json.append(i == 0 ? "[" : ",")
                    .append("{\"location\":\"" + ChaosOrder.LOCATION + "\",\"productId\":\"")
                    .append(ChaosOrder.product(i))
                    .append("\",\"delta\":")
                    .append(pieces)
                    .append(",\"adjustmentId\":\"chaos-")
                    .append(i)
                    .append("\"}");
        }
        Api.Answer answer =
                new Api(address).post("/stock/adjustments", json.append("]").toString());
        if (answer.status() != 202) {
            throw new CommandException("The stock for the chaos was refused: " + answer.problem());
        }
        return adjusted;
    }
}
