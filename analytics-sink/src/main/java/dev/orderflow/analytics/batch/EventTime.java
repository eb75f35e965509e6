package dev.orderflow.analytics.batch;

import java.time.Instant;

/** Which times can be kept: others come from a broken clock, and the database could not hold all of them. */
final class EventTime {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private EventTime() {}

    static void check(Instant time) {
        if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
            throw new IllegalArgumentException("the time is not in the years 2000 to 2099: '" + time + "'");
        }
    }
}
