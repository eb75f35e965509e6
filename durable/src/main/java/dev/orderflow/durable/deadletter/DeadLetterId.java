package dev.orderflow.durable.deadletter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which dead letter: where it stands among those of its service.
 *
 * @param service whose it is, such as {@code order-saga}
 */
public record DeadLetterId(String service, int partition, long offset) {

    private static final Pattern TEXT = Pattern.compile("([a-z][a-z-]{0,62})-([0-9]{1,6})-([0-9]{1,18})");

    /** The id that a text such as {@code order-saga-0-17} stands for; empty where it stands for none. */
    public static Optional<DeadLetterId> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new DeadLetterId(
                        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** {@code service-partition-offset}. */
    @Override
    public String toString() {
        return service + "-" + partition + "-" + offset;
    }
}
