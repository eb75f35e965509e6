package dev.orderflow.order.saga;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks for, untrusted: any field may break the rules until {@link OrderValidation} has looked at it.
 *
 * @param orderId the order's id as given
 * @param userId the shop's id of the customer
 * @param paymentMethodId the provider's token of what to charge
 * @param locale BCP 47 tag for mails
 * @param currency ISO 4217 code; null asks for the shop's default
 * @param stockLocation the location that ships the order; null asks for the shop's default
 * @param items the lines as asked for, in their order
 * @param placedAt when the shop took the order
 */
public record PlacedOrder(
        String orderId,
        @Nullable String userId,
        @Nullable String paymentMethodId,
        @Nullable String locale,
        @Nullable String currency,
        @Nullable String stockLocation,
        List<Item> items,
        Instant placedAt) {

    public PlacedOrder {
        items = List.copyOf(items);
    }

    /**
     * One line as the shop asked for it, untrusted.
     *
     * @param productId what is bought
     * @param quantity pieces
     * @param price of one piece in minor units of the order's currency
     */
    public record Item(@Nullable String productId, long quantity, long price) {}

    /** The same order with what it left out filled in. */
    PlacedOrder withDefaults(String defaultCurrency, String defaultLocation) {
        if (currency != null && stockLocation != null) {
            return this;
        }
        return new PlacedOrder(
                orderId,
                userId,
                paymentMethodId,
                locale,
                currency == null ? defaultCurrency : currency,
                stockLocation == null ? defaultLocation : stockLocation,
                items,
                placedAt);
    }
}
