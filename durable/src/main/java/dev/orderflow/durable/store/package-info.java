/** Key-value stores of Kafka Streams whose tables on disk hold committed data only. */
@NullMarked
package dev.orderflow.durable.store;

import org.jspecify.annotations.NullMarked;
