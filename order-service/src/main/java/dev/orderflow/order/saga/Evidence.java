package dev.orderflow.order.saga;

/**
 * Where the record is that stands behind an entry of a timeline.
 *
 * @param topic its topic
 * @param partition 0 or more
 * @param offset 0 or more
 */
public record Evidence(String topic, int partition, long offset) {}
