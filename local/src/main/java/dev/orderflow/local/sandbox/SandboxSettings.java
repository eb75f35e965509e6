package dev.orderflow.local.sandbox;

import java.io.IOException;
import java.time.Duration;

/**
 * How the provider behaves. Immutable; changed while it runs by {@code POST /config}.
 *
 * @param latency between charging and the answer
 * @param declineRate share of charges that are declined, 0 to 1, decided by a hash of the key
 * @param outage every call for money answers 503 and does nothing
 * @param dropRate share of first charges that are made, but whose connection is then cut without an answer
 */
record SandboxSettings(Duration latency, double declineRate, boolean outage, double dropRate) {

    static final SandboxSettings DEFAULTS = new SandboxSettings(Duration.ZERO, 0, false, 0);

    private static final int MAX_LATENCY_MS = 600_000;

    /**
     * These settings with those in a JSON object in their place; {@code "reset":true} goes back to the defaults first.
     *
     * @throws BadRequest for a setting that is unknown or out of range
     */
    SandboxSettings with(byte[] json) throws IOException {
        Members members = Members.of(json);
        SandboxSettings from = members.flag("reset", false) ? DEFAULTS : this;
        SandboxSettings changed = new SandboxSettings(
                Duration.ofMillis(
                        (long) members.number("latencyMs", (double) from.latency.toMillis(), 0, MAX_LATENCY_MS)),
                members.number("declineRate", from.declineRate, 0, 1),
                members.flag("outage", from.outage),
                members.number("dropRate", from.dropRate, 0, 1));
        members.refuseUnread();
        return changed;
    }

    boolean declines(String key) {
        return declineRate > 0 && Hash.share(key) < declineRate;
    }

    boolean drops(String key) {
        return dropRate > 0 && Hash.share("drop" + key) < dropRate;
    }
}
