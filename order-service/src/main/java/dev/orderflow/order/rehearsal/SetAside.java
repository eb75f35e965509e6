package dev.orderflow.order.rehearsal;

import dev.orderflow.order.saga.Evidence;

/**
 * A record that the running saga has made a dead letter of.
 *
 * @param place where the record stood
 * @param sent the dead letter
 */
public record SetAside(Evidence place, Sent sent) {}
