/** Inventory on Kafka: messages in, decisions carried out. */
@NullMarked
package dev.orderflow.inventory.topology;

import org.jspecify.annotations.NullMarked;
