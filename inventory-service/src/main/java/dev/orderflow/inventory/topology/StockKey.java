package dev.orderflow.inventory.topology;

/** Names one product at one location. A location has no slash in it, a product may. */
record StockKey(String location, String productId) {

    String text() {
        return location + "/" + productId;
    }

    static StockKey parse(String text) {
        int slash = text.indexOf('/');
        return new StockKey(text.substring(0, slash), text.substring(slash + 1));
    }
}
