/** Reads what Kafka has recorded of orders, for a rehearsal: writes nothing, and joins no group. */
@NullMarked
package dev.orderflow.order.recording;

import org.jspecify.annotations.NullMarked;
