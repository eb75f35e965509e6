package dev.orderflow.order.rehearsal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of a record that would be another one.
 *
 * @param path such as {@code totals.tax}, or {@code when} for the time at which it is sent
 * @param recorded what was recorded; empty where the record did not have it
 * @param rehearsed what this build would write; empty where its record would not have it
 */
public record FieldChange(String path, Optional<Value> recorded, Optional<Value> rehearsed) {

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    /** Where it is, whatever the number of its line: {@code lines[].unitPrice}. */
    public String place() {
        return INDEX.matcher(path).replaceAll("[]");
    }

    /** The same for all changes that are of the same kind. */
    String shape() {
        return place() + ' ' + shape(recorded) + ' ' + shape(rehearsed);
    }

    private static String shape(Optional<Value> value) {
        return value.map(each -> each.word() ? each.text() : "*").orElse("-");
    }
}
