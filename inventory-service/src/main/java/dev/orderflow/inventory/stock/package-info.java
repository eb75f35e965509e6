/** The decisions of inventory as pure functions: nothing but the JDK. */
@NullMarked
package dev.orderflow.inventory.stock;

import org.jspecify.annotations.NullMarked;
