/** Rehearsal as pure functions: replays what was recorded of an order, and compares what follows. Only the JDK and the saga. */
@NullMarked
package dev.orderflow.order.rehearsal;

import org.jspecify.annotations.NullMarked;
