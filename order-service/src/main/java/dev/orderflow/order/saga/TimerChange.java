package dev.orderflow.order.saga;

import java.time.Instant;

/** A change of the timers of an order. */
public sealed interface TimerChange {

    /** Sets a timer. */
    record Set(Instant due) implements TimerChange {}

    /** Takes one back that was set and has not fired. */
    record Cancel(Instant due) implements TimerChange {}
}
