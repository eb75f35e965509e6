/** Loyalty on Kafka: orders in, a ledger out. */
@NullMarked
package dev.orderflow.loyalty.topology;

import org.jspecify.annotations.NullMarked;
