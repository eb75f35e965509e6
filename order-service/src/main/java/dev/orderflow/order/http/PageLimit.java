package dev.orderflow.order.http;

/** How many of a list are asked for. */
final class PageLimit {

    private PageLimit() {}

    /** What a text says; where it is no whole number from 1 to the most, that is noted. */
    static int parse(String text, int otherwise, int most, FaultList faults) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        faults.add("limit", text, "use a whole number from 1 to " + most);
        return otherwise;
    }
}
