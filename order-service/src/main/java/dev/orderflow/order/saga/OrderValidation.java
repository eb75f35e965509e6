package dev.orderflow.order.saga;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an order: finds every fault at once, and prices what has none. Immutable and thread-safe; used by the
 * saga, which decides, and by the HTTP side, which answers early.
 */
public final class OrderValidation {

    /** The most lines that one order may have. */
    public static final int MAX_ITEMS = 1_000;

    /** The most pieces of one line. */
    public static final int MAX_QUANTITY = 1_000_000;

    private static final int MAX_REFERENCE = 256;
    private static final int MAX_PRODUCT = 128;
    private static final int MAX_LOCALE = 64;

    private final SagaSettings settings;

    public OrderValidation(SagaSettings settings) {
        this.settings = settings;
    }

    /** Fills in the defaults, checks every rule, and prices the order if it breaks none. */
    public Assessment assess(PlacedOrder asked) {
        PlacedOrder order = normalise(asked);
        List<Fault> faults = new ArrayList<>(0);
        name(faults, "orderId", order.orderId());
        reference(faults, "userId", order.userId(), MAX_REFERENCE);
        reference(faults, "paymentMethodId", order.paymentMethodId(), MAX_REFERENCE);
        if (order.locale() != null) {
            reference(faults, "locale", order.locale(), MAX_LOCALE);
        }
        OptionalInt digits = currency(faults, order.currency());
        name(faults, "stockLocation", order.stockLocation());
        items(faults, order.items());
        String hash = OrderContent.hash(order);
        return faults.isEmpty() ? priced(order, hash, digits.orElseThrow()) : new Assessment.Invalid(hash, faults);
    }

    /** The hash of what an order asks for, without a look at its rules. */
    public String contentHash(PlacedOrder asked) {
        return OrderContent.hash(normalise(asked));
    }

    /** The order with the shop's currency and location where it names none. */
    public PlacedOrder normalise(PlacedOrder asked) {
        return asked.withDefaults(settings.currency(), settings.stockLocation());
    }

    private static void name(List<Fault> faults, String field, @Nullable String value) {
        if (value == null || !OrderId.isValid(value)) {
            faults.add(Fault.of(field, value, "must match " + OrderId.PATTERN));
        }
    }

    private static void reference(List<Fault> faults, String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            faults.add(Fault.of(field, value, "is missing: give 1 to " + longest + " characters"));
        } else if (value.length() > longest || hasControl(value)) {
            faults.add(
                    Fault.of(field, value, "give 1 to " + longest + " characters, none of them a control character"));
        }
    }

    private static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static OptionalInt currency(List<Fault> faults, @Nullable String code) {
        OptionalInt digits = code == null ? OptionalInt.empty() : Currencies.digits(code);
        if (digits.isEmpty()) {
            faults.add(Fault.of("currency", code, "is not a currency: give an ISO 4217 code such as USD or JPY"));
        }
        return digits;
    }

    private static void items(List<Fault> faults, List<PlacedOrder.Item> items) {
        if (items.isEmpty()) {
            faults.add(Fault.of("items", "[]", "an order has at least one item: add one"));
        } else if (items.size() > MAX_ITEMS) {
            faults.add(Fault.of("items", items.size() + " items", "has more than 1000 items: split the order"));
        }
        int checked = Math.min(items.size(), MAX_ITEMS);
        for (int i = 0; i < checked; i++) {
            PlacedOrder.Item item = items.get(i);
            if (item.productId() == null
                    || item.productId().isBlank()
                    || item.productId().length() > MAX_PRODUCT
                    || hasControl(item.productId())) {
                reference(faults, "items[" + i + "].productId", item.productId(), MAX_PRODUCT);
            }
            if (item.quantity() < 1 || item.quantity() > MAX_QUANTITY) {
                faults.add(Fault.of(
                        "items[" + i + "].quantity", Long.toString(item.quantity()), "give 1 to 1000000 pieces"));
            }
            if (item.price() < 0) {
                faults.add(Fault.of(
                        "items[" + i + "].price",
                        Long.toString(item.price()),
                        "give 0 or more, in minor units of the currency"));
            }
        }
    }

    private Assessment priced(PlacedOrder order, String hash, int digits) {
        List<PricedLine> lines = new ArrayList<>(order.items().size());
        try {
            long subtotal = 0;
            for (PlacedOrder.Item item : order.items()) {
                long lineTotal = Pricing.lineTotal(item.quantity(), item.price());
                subtotal = Math.addExact(subtotal, lineTotal);
                lines.add(new PricedLine(
                        present(item.productId()), Math.toIntExact(item.quantity()), item.price(), lineTotal));
            }
            Totals totals = Pricing.totals(present(order.currency()), digits, subtotal, settings.taxBasisPoints());
            Customer customer = new Customer(present(order.userId()), present(order.paymentMethodId()), order.locale());
            return new Assessment.Valid(new PricedOrder(
                    order.orderId(), hash, customer, present(order.stockLocation()), lines, totals, order.placedAt()));
        } catch (ArithmeticException overflow) {
            // Exact arithmetic reports in this way that an amount is too large; the cause has nothing to add.
            return new Assessment.Invalid(hash, List.of(tooLarge(order)));
        }
    }

    private static Fault tooLarge(PlacedOrder order) {
        return Fault.of(
                "items",
                order.items().size() + " items",
                "the total with tax exceeds 9223372036854775807 minor units: split the order");
    }

    private static String present(@Nullable String checked) {
        if (checked == null) {
            throw new IllegalStateException("a field that was checked to be present is missing");
        }
        return checked;
    }
}
