import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds up what the confirmed orders of a file must bring, straight from its text and sharing no code with the product:
 * java examples/ExpectedRevenue.java examples/orders.ndjson
 */
class ExpectedRevenue {

    static final Pattern ITEM = Pattern.compile("\"quantity\":(\\d+),\"price\":(\\d+)");

    public static void main(String[] args) throws IOException {
        TreeMap<String, long[]> sums = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            if (!line.startsWith("{\"expect\":\"confirmed\"") || !seen.add(text(line, "orderId"))) {
                continue;
            }
            long subtotal = 0;
            for (Matcher item = ITEM.matcher(line); item.find(); ) {
                subtotal += Long.parseLong(item.group(1)) * Long.parseLong(item.group(2));
            }
            long tax = BigDecimal.valueOf(subtotal * 8).divide(BigDecimal.valueOf(100), RoundingMode.HALF_UP).longValue();
            long[] sum = sums.computeIfAbsent(text(line, "currency"), none -> new long[2]);
            sum[0]++;
            sum[1] += subtotal + tax;
        }
        sums.forEach((currency, sum) -> System.out.println(currency + " " + sum[0] + " orders " + sum[1]));
    }

    static String text(String line, String field) {
        int from = line.indexOf("\"" + field + "\":\"") + field.length() + 4;
        return line.substring(from, line.indexOf('"', from));
    }
}
