package dev.orderflow.local.sandbox;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * How the provider behaves. Immutable; changed while it runs by {@code POST /config}.
 *
 * @param latency between charging and the answer
 * @param declineRate share of charges that are declined, 0 to 1, decided by a hash of the key
 * @param outage every call for money answers 503 and does nothing
 * @param dropRate share of first charges that are made, but whose connection is then cut without an answer
 * @param pendingRate share of charges that wait for a person first
 * @param webhookUrl where notifications go; empty for nowhere
 * @param webhooks what is told of
 * @param webhookDelay how late notifications are
 * @param webhookDisorder how much later still each may be, by chance: they overtake one another
 * @param webhookDoubleRate share of notifications that are sent twice
 */
record SandboxSettings(
        Duration latency,
        double declineRate,
        boolean outage,
        double dropRate,
        double pendingRate,
        String webhookUrl,
        Told webhooks,
        Duration webhookDelay,
        Duration webhookDisorder,
        double webhookDoubleRate) {

    /** Of which charges the shop is told. */
    enum Told {
        /** Those that have waited for a person. */
        DECIDED,
        /** All, and refunds too. */
        ALL
    }

    static final SandboxSettings DEFAULTS =
            new SandboxSettings(Duration.ZERO, 0, false, 0, 0, "", Told.DECIDED, Duration.ZERO, Duration.ZERO, 0);

    private static final int MAX_LATENCY_MS = 600_000;

    /**
     * These settings with those in a JSON object in their place; {@code "reset":true} goes back to the defaults first.
     *
     * @throws BadRequest for a setting that is unknown or out of range
     */
    SandboxSettings with(byte[] json) throws IOException {
        Members members = Members.of(json);
        SandboxSettings from = members.flag("reset", false) ? DEFAULTS.tellingAt(webhookUrl) : this;
        SandboxSettings changed = new SandboxSettings(
                millis(members, "latencyMs", from.latency),
                members.number("declineRate", from.declineRate, 0, 1),
                members.flag("outage", from.outage),
                members.number("dropRate", from.dropRate, 0, 1),
                members.number("pendingRate", from.pendingRate, 0, 1),
                url(members.text("webhookUrl", from.webhookUrl)),
                told(members.text("webhooks", from.webhooks.name())),
                millis(members, "webhookDelayMs", from.webhookDelay),
                millis(members, "webhookDisorderMs", from.webhookDisorder),
                members.number("webhookDoubleRate", from.webhookDoubleRate, 0, 1));
        members.refuseUnread();
        return changed;
    }

    /** These settings, with notifications to this address. */
    SandboxSettings tellingAt(String url) {
        return new SandboxSettings(
                latency,
                declineRate,
                outage,
                dropRate,
                pendingRate,
                url,
                webhooks,
                webhookDelay,
                webhookDisorder,
                webhookDoubleRate);
    }

    boolean awaits(String key) {
        return pendingRate > 0 && Hash.share("pending" + key) < pendingRate;
    }

    boolean doubles(String event) {
        return webhookDoubleRate > 0 && Hash.share("double" + event) < webhookDoubleRate;
    }

    Duration webhookPause(String event) {
        return webhookDelay.plusMillis((long) (Hash.share("disorder" + event) * (double) webhookDisorder.toMillis()));
    }

    private static Duration millis(Members members, String name, Duration otherwise) {
        return Duration.ofMillis((long) members.number(name, (double) otherwise.toMillis(), 0, MAX_LATENCY_MS));
    }

    private static Told told(String word) {
        try {
            return Told.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new BadRequest("webhooks must be decided or all, and is " + word);
        }
    }

    private static String url(String text) {
        if (text.isEmpty()) {
            return text;
        }
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return text;
            }
        } catch (IllegalArgumentException noAddress) {
            throw new BadRequest("webhookUrl must be an http address, and is " + text);
        }
        throw new BadRequest("webhookUrl must be an http address, and is " + text);
    }

    boolean declines(String key) {
        return declineRate > 0 && Hash.share(key) < declineRate;
    }

    boolean drops(String key) {
        return dropRate > 0 && Hash.share("drop" + key) < dropRate;
    }
}
