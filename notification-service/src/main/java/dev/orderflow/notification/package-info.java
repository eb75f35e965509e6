/** Tells customers by mail what became of their orders. */
@NullMarked
package dev.orderflow.notification;

import org.jspecify.annotations.NullMarked;
