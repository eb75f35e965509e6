package dev.orderflow.durable.runtime;

/** Where a record was read. */
public record Origin(String topic, int partition, long offset) {}
