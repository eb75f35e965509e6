/** The order log into a store: reading, batches, positions, dead letters. */
@NullMarked
package dev.orderflow.analytics.sink;

import org.jspecify.annotations.NullMarked;
