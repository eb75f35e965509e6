package dev.orderflow.payment.payment;

import java.time.Duration;

/**
 * The lengths of time that payment goes by.
 *
 * @param attemptLife the longest time from the start of a try until the provider can no longer receive it: after it,
 *     "never seen" is an answer
 * @param retention how long the record of a settled payment is kept; longer than the topics keep what could arrive late
 * @param firstLook pause before a pending or puzzling payment is looked up again; doubles
 * @param longestLook the longest such pause
 * @param firstRecheck pause before a voided payment in doubt is looked up once more; grows tenfold
 * @param recheckUntil no such pause is longer
 */
public record PaymentRules(
        Duration attemptLife,
        Duration retention,
        Duration firstLook,
        Duration longestLook,
        Duration firstRecheck,
        Duration recheckUntil) {

    /** The rules for a given life of one try and retention, with the usual pauses between look-ups. */
    public static PaymentRules of(Duration attemptLife, Duration retention) {
        return new PaymentRules(
                attemptLife,
                retention,
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                Duration.ofDays(1));
    }

    Duration look(int looks) {
        Duration pause = firstLook.multipliedBy(1L << Math.min(looks, 20));
        return pause.compareTo(longestLook) > 0 ? longestLook : pause;
    }

    /** The pause after so many rechecks; negative when there were enough. */
    Duration recheck(int looks) {
        Duration pause = firstRecheck;
        for (int i = 0; i < looks && pause.compareTo(recheckUntil) <= 0; i++) {
            pause = pause.multipliedBy(10);
        }
        return pause.compareTo(recheckUntil) > 0 ? Duration.ofMillis(-1) : pause;
    }
}
