package dev.orderflow.analytics.batch;

/** One row of what the order log says, ready to be stored. */
public sealed interface Fact permits RevenueEntry, OrderProgress {}
