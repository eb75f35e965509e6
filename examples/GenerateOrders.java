import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes orders.ndjson (10,000 orders, each with the outcome that it must have) and stock.json beside it, the same at
 * every run: java examples/GenerateOrders.java
 *
 * <p>The outcomes do not depend on the order of arrival: what is sold out has a stock of one piece and is ordered by two or
 * more; all else is there in plenty; a card that is declined is always declined.
 */
class GenerateOrders {

    static final int LINES = 10_000;
    static final Random RANDOM = new Random(20_261_120);

    static final String[] KINDS = {
        "espresso-beans", "filter-coffee", "green-tea", "teapot", "grinder", "kettle", "mug", "scale", "dripper",
        "milk-jug", "tamper", "cold-brew-jar", "cocoa", "chai", "matcha", "biscotti", "descaler", "paper-filter",
        "travel-cup", "gift-box"
    };
    static final String[] VARIANTS = {"small", "large", "classic", "black", "white", "blue", "organic", "limited"};
    static final int SOLD_OUT = 8;

    record Place(String location, String currency, String locale, int low, int high) {}

    static final List<Place> PLACES = List.of(
            new Place("berlin", "EUR", "de-DE", 250, 24_900),
            new Place("newyork", "USD", "en-US", 250, 24_900),
            new Place("london", "GBP", "en-GB", 200, 19_900),
            new Place("tokyo", "JPY", "ja-JP", 300, 32_000),
            new Place("kuwait", "KWD", "ar-KW", 750, 64_750));

    record Line(String json, String expect) {}

    public static void main(String[] args) throws IOException {
        Path here = Path.of("examples");
        List<Line> lines = new ArrayList<>();
        int number = 0;
        while (lines.size() < LINES) {
            double dice = RANDOM.nextDouble();
            if (dice < 0.03 && lines.size() > 500) {
                lines.add(lines.get(RANDOM.nextInt(lines.size())));
            } else {
                lines.add(order(++number, dice));
            }
        }
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append("{\"expect\":\"").append(line.expect).append("\",").append(line.json).append("}\n");
        }
        Files.writeString(here.resolve("orders.ndjson"), text);
        Files.writeString(here.resolve("stock.json"), stock());
    }

    static Line order(int number, double dice) {
        Place place = PLACES.get(RANDOM.nextInt(PLACES.size()));
        String id = "ex-%05d".formatted(number);
        String user = "u" + RANDOM.nextInt(2_500);
        boolean declined = dice < 0.08;
        boolean soldOut = dice >= 0.08 && dice < 0.12;
        boolean invalid = dice >= 0.12 && dice < 0.14;
        String card = declined ? "pm_declined_" + number : "pm_" + user;
        List<String> items = new ArrayList<>();
        int count = 1 + (int) Math.abs(RANDOM.nextGaussian() * 1.6);
        for (int i = 0; i < Math.min(count, 8); i++) {
            items.add(item(product(SOLD_OUT, KINDS.length * VARIANTS.length), 1 + RANDOM.nextInt(4), price(place)));
        }
        if (soldOut) {
            items.add(item(product(0, SOLD_OUT), 2 + RANDOM.nextInt(3), price(place)));
        }
        if (invalid) {
            return new Line(invalid(number, id, user, place, card, items), "invalid");
        }
        String expect = soldOut ? "cancelled out_of_stock" : declined ? "cancelled payment_declined" : "confirmed";
        return new Line(json(id, user, place.currency, place.location, items, card), expect);
    }

    /** Six kinds of faults, each of which the API must name. */
    static String invalid(int number, String id, String user, Place place, String card, List<String> items) {
        return switch (number % 6) {
            case 0 -> json(id, user, place.currency, place.location, List.of(), card);
            case 1 -> json(id, user, "XXQ", place.location, items, card);
            case 2 -> json(id, user, place.currency, place.location, List.of(item("mug-blue", 0, "500")), card);
            case 3 -> json(id, user, place.currency, place.location, List.of(item("mug-blue", 1, "29.99")), card);
            case 4 -> json(id, user, place.currency, place.location, List.of(item("mug-blue", -2, "-1")), "");
            default -> json("not an id " + number, "", place.currency, place.location, items, card);
        };
    }

    static String json(String id, String user, String currency, String location, List<String> items, String card) {
        return "\"orderId\":\"%s\",\"userId\":\"%s\",\"currency\":\"%s\",\"stockLocation\":\"%s\",\"items\":[%s],\"paymentMethodId\":\"%s\""
                .formatted(id, user, currency, location, String.join(",", items), card);
    }

    static String item(String product, int quantity, String price) {
        return "{\"productId\":\"%s\",\"quantity\":%d,\"price\":%s}".formatted(product, quantity, price);
    }

    static String price(Place place) {
        int step = place.currency.equals("KWD") ? 250 : place.currency.equals("JPY") ? 10 : 5;
        return Integer.toString((place.low + RANDOM.nextInt(place.high - place.low)) / step * step);
    }

    static String product(int from, int to) {
        int n = from + RANDOM.nextInt(to - from);
        return name(n);
    }

    static String name(int n) {
        return KINDS[n % KINDS.length] + "-" + VARIANTS[n / KINDS.length];
    }

    static String stock() {
        List<String> rows = new ArrayList<>();
        for (Place place : PLACES) {
            for (int n = 0; n < KINDS.length * VARIANTS.length; n++) {
                rows.add(row(place.location, name(n), n < SOLD_OUT ? 1 : 1_000_000));
            }
        }
        for (int n = 0; n < 1_000; n++) {
            rows.add(row("main", "p" + n, 1_000_000));
        }
        return "[\n" + String.join(",\n", rows) + "\n]\n";
    }

    static String row(String location, String product, long delta) {
        return "{\"location\":\"%s\",\"productId\":\"%s\",\"delta\":%d,\"adjustmentId\":\"seed-%s-%s\"}"
                .formatted(location, product, delta, location, product);
    }
}
