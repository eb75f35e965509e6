package dev.orderflow.notification.topology;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.settings.Settings;
import java.time.Duration;
import java.util.IllformedLocaleException;
import java.util.Locale;

/**
 * Which mails are sent, and how often one is tried.
 *
 * @param retry of one mail: the first tries follow one another quickly, the later ones until it is no news any more
 * @param maxAge an event older than this leads to no mail: nobody wants a month-old confirmation when a topic is read anew
 * @param locale of customers who have given none
 * @param atOnce the most mails under way at a time, of all partitions together; the time of one does not begin earlier
 * @param reviewAfter how long after an order was completed its customer is asked for a review; zero for never
 */
public record NotificationSettings(
        RetryPolicy retry, Duration maxAge, Locale locale, int atOnce, Duration reviewAfter) {

    /** For clocks that differ, and so that a mail is remembered for longer than its event can lead to it. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int PAUSE_FACTOR = 4;
    private static final int PER_CONNECTION = 4;

    /**
     * By settings: {@code mail.attempt-timeout} (30s), {@code mail.max-pause} (15m), {@code mail.give-up-after} (24h),
     * {@code mail.max-age} (7d), {@code mail.locale} (en-US), {@code mail.connections} and
     * {@code mail.review-after} (7d; 0s: never).
     */
    public static NotificationSettings from(Settings settings) {
        RetryPolicy retry = new RetryPolicy(
                FIRST_PAUSE,
                PAUSE_FACTOR,
                settings.duration("mail.max-pause", Duration.ofMinutes(15)),
                0,
                settings.duration("mail.attempt-timeout", Duration.ofSeconds(30)),
                settings.duration("mail.give-up-after", Duration.ofHours(24)));
        return new NotificationSettings(
                retry,
                settings.duration("mail.max-age", Duration.ofDays(7)),
                locale(settings.text("mail.locale", "en-US")),
                PER_CONNECTION * (int) settings.number("mail.connections", 4, 1, 100),
                settings.duration("mail.review-after", Duration.ofDays(7)));
    }

    /** How long a mail that was sent is remembered. */
    Duration remembered() {
        return maxAge.plus(MARGIN);
    }

    private static Locale locale(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag).build();
        } catch (IllformedLocaleException unusable) {
            throw new TerminalException(
                    "Setting mail.locale=" + tag + " cannot be used: use a BCP 47 tag such as de-DE.", unusable);
        }
    }
}
