/** Loyalty: points for completed orders. */
@NullMarked
package dev.orderflow.loyalty;

import org.jspecify.annotations.NullMarked;
