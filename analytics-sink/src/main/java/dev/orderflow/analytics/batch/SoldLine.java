package dev.orderflow.analytics.batch;

/**
 * One line of a sale or refund.
 *
 * @param quantity pieces, 0 or more
 * @param totalMinor signed minor units before tax; negative in a refund
 */
public record SoldLine(String productId, int quantity, long totalMinor) {

    public SoldLine {
        if (quantity < 0) {
            throw new IllegalArgumentException("the quantity of '" + productId + "' is negative: " + quantity);
        }
    }
}
