package dev.orderflow.inventory.http;

import java.util.regex.Pattern;

/** What the ids of locations, products and adjustments look like. They become keys, and parts of a URL. */
final class Ids {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    static final String RULE = "1 to 64 of A-Z a-z 0-9 . _ -";

    private Ids() {}

    static boolean valid(String id) {
        return ID.matcher(id).matches();
    }
}
