package dev.orderflow.payment.audit;

import dev.orderflow.durable.settings.Settings;
import dev.orderflow.payment.book.Patience;
import java.time.Duration;

/**
 * What the audit can be told. Immutable.
 *
 * @param enabled whether it runs in this process
 * @param interval pause between two looks at the provider's list
 * @param grace how long after its last change an order whose sides disagree counts as differing
 * @param late an order in flight for longer is told apart
 */
public record AuditSettings(boolean enabled, Duration interval, Duration grace, Duration late) {

    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Reads {@code audit.enabled} (true), {@code audit.interval} (2s), {@code audit.grace} (15s), {@code audit.late} (15m). */
    public static AuditSettings from(Settings settings) {
        return new AuditSettings(
                settings.flag("audit.enabled", true),
                settings.duration("audit.interval", Duration.ofSeconds(2)),
                settings.duration("audit.grace", Duration.ofSeconds(15)),
                settings.duration("audit.late", Duration.ofMinutes(15)));
    }

    Patience patience() {
        Duration quiet = grace.compareTo(QUIET) < 0 ? grace : QUIET;
        return new Patience(quiet, grace, late, interval.multipliedBy(2));
    }
}
