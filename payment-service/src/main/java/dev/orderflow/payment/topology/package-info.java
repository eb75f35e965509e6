/** Payment on Kafka: messages in, decisions carried out. */
@NullMarked
package dev.orderflow.payment.topology;

import org.jspecify.annotations.NullMarked;
