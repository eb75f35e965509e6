package dev.orderflow.payment.provider;

import java.util.List;

/**
 * A part of a provider's list of charges.
 *
 * @param next where the next page begins
 * @param hasMore whether there is one now
 */
public record ChargePage(List<SeenCharge> charges, String next, boolean hasMore) {
    public ChargePage {
        charges = List.copyOf(charges);
    }
}
