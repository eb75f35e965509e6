package dev.orderflow.payment.provider;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a provider's list of charges.
 *
 * @param next where the next page begins
 * @param hasMore whether there is one now
 * @param upTo where the list is to be read on only later, though it goes on: what the provider first saw before this time
 *     has been listed, by its clock; null where nothing is held back
 */
public record ChargePage(
        List<SeenCharge> charges,
        String next,
        boolean hasMore,
        @Nullable Instant upTo) {
    public ChargePage {
        charges = List.copyOf(charges);
    }

    /** A page that holds nothing back. */
    public ChargePage(List<SeenCharge> charges, String next, boolean hasMore) {
        this(charges, next, hasMore, null);
    }
}
