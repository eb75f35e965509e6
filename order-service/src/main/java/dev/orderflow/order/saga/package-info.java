/** The saga of an order as pure functions: validation, pricing, and what follows from each message. Only the JDK. */
@NullMarked
package dev.orderflow.order.saga;

import org.jspecify.annotations.NullMarked;
