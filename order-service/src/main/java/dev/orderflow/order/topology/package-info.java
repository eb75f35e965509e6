/** The saga on Kafka: Avro is converted here, and decisions are carried out. */
@NullMarked
package dev.orderflow.order.topology;

import org.jspecify.annotations.NullMarked;
