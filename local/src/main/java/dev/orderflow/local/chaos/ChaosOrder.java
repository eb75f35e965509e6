package dev.orderflow.local.chaos;

import java.util.Random;

/**
 * One order of the load, the same for the same seed and number.
 *
 * @param json as it is posted
 * @param twice whether it is posted a second time, as a double click does
 * @param request what is asked of it later
 * @param requestAfterMillis how long after it was taken
 */
record ChaosOrder(String id, String json, boolean twice, Request request, int requestAfterMillis) {

    static final String LOCATION = "chaos";
    static final int PRODUCTS = 24;

    /** The last ones are soon sold out. */
    static final int SCARCE_FROM = 22;

    private static final String[] CURRENCIES = {"EUR", "USD", "JPY", "KWD"};

    enum Request {
        NONE,
        CANCEL,
        REFUND
    }

    static ChaosOrder of(long seed, int number) {
        Random random = new Random(seed * 1_000_003 + number);
        String id = "chaos-%d-%06d".formatted(seed, number);
        StringBuilder items = new StringBuilder();
        int lines = random.nextInt(1, 4);
        int product = random.nextInt(PRODUCTS);
        for (int i = 0; i < lines; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"productId\":\"")
                    .append(product(product + i))
                    .append("\",\"quantity\":")
                    .append(random.nextInt(1, 4))
                    .append(",\"price\":")
                    .append(random.nextInt(100, 10_000))
                    .append('}');
        }
        double kind = random.nextDouble();
        String method = kind < 0.05 ? "pm_declined_chaos" : "pm_chaos";
        Request request = kind > 0.95 ? Request.CANCEL : kind > 0.92 ? Request.REFUND : Request.NONE;
        String json = "{\"orderId\":\"" + id + "\",\"userId\":\"u" + random.nextInt(500) + "\",\"currency\":\""
                + CURRENCIES[random.nextInt(CURRENCIES.length)] + "\",\"stockLocation\":\"" + LOCATION
                + "\",\"items\":[" + items + "],\"paymentMethodId\":\"" + method + "\"}";
        return new ChaosOrder(
                id, json, random.nextInt(20) == 0, request, random.nextInt(request == Request.REFUND ? 4_000 : 3_000));
    }

    /** One that nothing but a fault of the stack can keep from being confirmed. */
    static ChaosOrder sale(String run, int number) {
        String id = "sale-%s-%06d".formatted(run, number);
        String json = "{\"orderId\":\"" + id + "\",\"userId\":\"u" + number % 500
                + "\",\"currency\":\"EUR\",\"stockLocation\":\"" + LOCATION + "\",\"items\":[{\"productId\":\""
                + product(number % SCARCE_FROM)
                + "\",\"quantity\":1,\"price\":1200}],\"paymentMethodId\":\"pm_chaos\"}";
        return new ChaosOrder(id, json, false, Request.NONE, 0);
    }

    static String product(int number) {
        return "product-" + number % PRODUCTS;
    }
}
