package dev.orderflow.inventory.stock;

/**
 * So many pieces of one product, as an order asks for them.
 *
 * @param quantity pieces, 1 or more
 */
public record Line(String productId, long quantity) {

    public Line {
        if (productId.isEmpty()) {
            throw new IllegalArgumentException("A line names no product");
        }
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "Quantity of product " + productId + " is " + quantity + ", must be 1 or more");
        }
    }
}
