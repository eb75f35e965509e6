package dev.orderflow.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code orderflow stock}: what is on hand, reserved and sold. */
@Command(name = "stock", description = "Shows stock: of one product, of a location, or of all.")
public final class StockCommand implements Callable<Integer> {

    private static final int PAGE = 1_000;

    @Mixin
    private Address address = new Address();

    @Parameters(paramLabel = "LOCATION", arity = "0..1", description = "A stock location.")
    private String location = "";

    @Parameters(index = "1", paramLabel = "PRODUCT", arity = "0..1", description = "A product at that location.")
    private String product = "";

    @Override
    public Integer call() {
        Api api = address.api();
        boolean one = !product.isEmpty();
        String path = one
                ? "/stock/" + encode(location) + "/" + encode(product)
                : "/stock?limit=" + PAGE + (location.isEmpty() ? "" : "&location=" + encode(location));
        Api.Answer answer = api.get(path);
        if (answer.status() != 200) {
            System.err.println(answer.problem());
            return 1;
        }
        if (!one && answer.body().path("stock").isEmpty()) {
            System.err.println("There is no stock"
                    + (location.isEmpty() ? "." : " at location " + location + ": none was ever sent."));
            return 1;
        }
        System.out.printf(
                "%-16s %-32s %12s %12s %12s %12s%n",
                "location", "product", "on hand", "reserved", "committed", "available");
        if (one) {
            print(answer.body());
            return 0;
        }
        answer.body().path("stock").forEach(StockCommand::print);
        while (answer.status() == 200 && !answer.text("next").isEmpty()) {
            answer = api.get(path + "&cursor=" + encode(answer.text("next")));
            answer.body().path("stock").forEach(StockCommand::print);
        }
        return answer.status() == 200 ? 0 : 1;
    }

    private static void print(JsonNode row) {
        System.out.printf(
                "%-16s %-32s %,12d %,12d %,12d %,12d%n",
                row.path("location").asText(),
                row.path("productId").asText(),
                row.path("onHand").asLong(),
                row.path("reserved").asLong(),
                row.path("committed").asLong(),
                row.path("available").asLong());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
