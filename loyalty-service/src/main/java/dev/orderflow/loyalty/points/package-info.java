/** How many points an order is worth and what becomes of them, as pure functions: nothing but the JDK. */
@NullMarked
package dev.orderflow.loyalty.points;

import org.jspecify.annotations.NullMarked;
