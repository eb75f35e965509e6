package dev.orderflow.payment.provider;

import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.param.PaymentIntentListParams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Stripe's list of PaymentIntents, read from its beginning on, although Stripe begins with the newest. It is read up to the
 * first intent that waits for its confirmation, so that this is seen when it has become a charge: each intent is passed
 * once. Safe for use by several threads.
 */
final class StripeList {

    private static final long LARGEST_PAGE = 100;

    /**
     * What an intent may wait for its confirmation beyond the two calls, while these are tried again: longer than orders
     * wait for their charge at most places, and shorter than what the audit calls late. What is passed over and confirmed after
     * all is never listed.
     */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final Function<PaymentIntentListParams, StripeCollection<PaymentIntent>> stripe;
    private final String prefix;
    private final Duration longestWait;
    private final InstantSource clock;

    /**
     * @param stripe answers with a part of the list
     * @param account tells which intents are ours, and the time-out of one call: an intent that is unconfirmed for longer
     *     than two of them take, and the pauses between tries, was given up, and is passed over
     */
    StripeList(
            Function<PaymentIntentListParams, StripeCollection<PaymentIntent>> stripe,
            StripeAccount account,
            InstantSource clock) {
        this.stripe = stripe;
        this.prefix = account.keyPrefix();
        this.longestWait = account.timeout().multipliedBy(2).plus(MARGIN);
        this.clock = clock;
    }

    /** What {@link PaymentProvider#list} answers. */
    ChargePage page(String after, int limit) {
        long size = Math.min(limit, LARGEST_PAGE);
        if (after.isEmpty()) {
            return first(size);
        }
        StripeCollection<PaymentIntent> page = stripe.apply(params(size)
                .setEndingBefore(after)
                .addExpand("data.latest_charge")
                .build());
        return page(page.getData().reversed(), after, hasMore(page));
    }

    private ChargePage first(long size) {
        StripeCollection<PaymentIntent> newest =
                stripe.apply(params(size).addExpand("data.latest_charge").build());
        if (!hasMore(newest)) {
            return page(newest.getData().reversed(), "", false);
        }
        List<PaymentIntent> oldest = oldest(newest.getData().getLast().getCreated(), size);
        return page(oldest.subList(0, (int) Math.min(size, oldest.size())), "", true);
    }

    /**
     * Those of the first second in which there are any, oldest first. Found by halving the time, since Stripe cannot be
     * asked for the end of its list.
     *
     * @param some a second, since 1970, in which there are some
     */
    private List<PaymentIntent> oldest(long some, long size) {
        long first = some;
        long none = 0;
        while (first - none > 1) {
            long middle = none + (first - none) / 2;
            List<PaymentIntent> newest =
                    stripe.apply(params(1).setCreated(upTo(middle)).build()).getData();
            if (newest.isEmpty()) {
                none = middle;
            } else {
                first = newest.getFirst().getCreated();
            }
        }
        List<PaymentIntent> newestFirst = new ArrayList<>();
        boolean more = true;
        while (more) {
            PaymentIntentListParams.Builder params =
                    params(size).setCreated(upTo(first)).addExpand("data.latest_charge");
            if (!newestFirst.isEmpty()) {
                params.setStartingAfter(newestFirst.getLast().getId());
            }
            StripeCollection<PaymentIntent> page = stripe.apply(params.build());
            newestFirst.addAll(page.getData());
            more = hasMore(page);
        }
        return newestFirst.reversed();
    }

    private ChargePage page(List<PaymentIntent> oldestFirst, String after, boolean hasMore) {
        Instant givenUp = clock.instant().minus(longestWait);
        List<SeenCharge> charges = new ArrayList<>();
        String next = after;
        for (PaymentIntent intent : oldestFirst) {
            String key = StripeIntents.keyOf(intent, prefix);
            Instant created = Instant.ofEpochSecond(intent.getCreated());
            if (!key.isEmpty() && StripeIntents.isUnconfirmed(intent) && created.isAfter(givenUp)) {
                return new ChargePage(charges, next, false, created);
            }
            StripeIntents.seen(intent, key).ifPresent(charges::add);
            next = intent.getId();
        }
        return new ChargePage(charges, next, hasMore);
    }

    private static PaymentIntentListParams.Builder params(long size) {
        return PaymentIntentListParams.builder().setLimit(size);
    }

    private static PaymentIntentListParams.Created upTo(long second) {
        return PaymentIntentListParams.Created.builder().setLte(second).build();
    }

    private static boolean hasMore(StripeCollection<PaymentIntent> page) {
        return Boolean.TRUE.equals(page.getHasMore());
    }
}
