package dev.orderflow.bench.load;

import dev.orderflow.events.Customer;
import dev.orderflow.events.OrderLine;
import dev.orderflow.events.OrderPlaced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders by their number, the same at every run: one to three of a thousand products, from one of several stock locations,
 * by one of five thousand customers.
 *
 * @param prefix of the order ids, so that no two runs on one stack share one
 * @param locations how many stock locations there are, 1 or more
 */
public record OrderMix(String prefix, int locations) {

    /** Products have the names {@code p0} to {@code p999}. */
    public static final int PRODUCTS = 1_000;

    private static final String CURRENCY = "USD";
    private static final int CUSTOMERS = 5_000;
    private static final int LINES = 3;
    private static final int PIECES = 3;
    private static final int LOWEST_PRICE = 500;
    private static final int PRICES = 5_000;
    private static final int FIRST_STEP = 0x9E3779B1;
    private static final int NEXT_STEP = 0x85EBCA77;

    private record Line(String product, int quantity, int price) {}

    /** The id of an order. */
    public String id(int number) {
        return prefix + "-" + number;
    }

    /** The name of a stock location. */
    public static String location(int index) {
        return "bench-" + index;
    }

    /** The order as it is posted. */
    public String json(int number) {
        StringBuilder text = new StringBuilder(320)
                .append("{\"orderId\":\"")
                .append(id(number))
                .append("\",\"userId\":\"")
                .append(user(number))
                .append("\",\"currency\":\"" + CURRENCY + "\",\"stockLocation\":\"")
                .append(location(number % locations))
                .append("\",\"items\":[");
        String separator = "";
        for (Line line : lines(number)) {
            text.append(separator)
                    .append("{\"productId\":\"")
                    .append(line.product)
                    .append("\",\"quantity\":")
                    .append(line.quantity)
                    .append(",\"price\":")
                    .append(line.price)
                    .append('}');
            separator = ",";
        }
        return text.append("],\"paymentMethodId\":\"pm_")
                .append(user(number))
                .append("\"}")
                .toString();
    }

    /** The order as it is produced to {@code order.placed}. */
    public OrderPlaced record(int number, Instant placedAt) {
        List<OrderLine> lines = new ArrayList<>();
        for (Line line : lines(number)) {
            lines.add(new OrderLine(line.product, line.quantity, (long) line.price));
        }
        return new OrderPlaced(
                id(number),
                new Customer(user(number), "pm_" + user(number), null),
                CURRENCY,
                location(number % locations),
                lines,
                placedAt);
    }

    private static String user(int number) {
        return "u" + number % CUSTOMERS;
    }

    private static List<Line> lines(int number) {
        int dice = (number + 1) * FIRST_STEP;
        int count = 1 + Integer.remainderUnsigned(dice, LINES);
        List<Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dice = (dice ^ dice >>> 15) * NEXT_STEP + i;
            lines.add(new Line(
                    "p" + Integer.remainderUnsigned(dice, PRODUCTS),
                    1 + (dice >>> 20) % PIECES,
                    LOWEST_PRICE + (dice >>> 8) % PRICES));
        }
        return lines;
    }
}
