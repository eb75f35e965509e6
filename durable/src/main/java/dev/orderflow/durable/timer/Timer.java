package dev.orderflow.durable.timer;

import java.time.Instant;

/**
 * A durable timer.
 *
 * @param id what it is about, such as an order; no zero character
 * @param kind what it is for, such as {@code deadline}; no zero character
 * @param due when it fires, by wall clock, to the millisecond
 */
public record Timer(String id, String kind, Instant due) {}
